//! Which functions and methods block, by their full names.

/// What a method of an instance does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Waits.
    Blocks,
    /// Reads or writes a file.
    OpensFile,
    /// Gives an instance of this class without waiting.
    Gives(&'static str),
}

/// Functions that wait, one by one.
const FUNCTIONS: &[&str] = &[
    "time.sleep",
    "os.system",
    "os.popen",
    "os.wait",
    "os.waitpid",
    "builtins.input",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
    "socket.create_connection",
    "socket.gethostbyname",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "select.select",
    "smtplib.SMTP",
    "smtplib.SMTP_SSL",
    "ftplib.FTP",
    "imaplib.IMAP4",
    "imaplib.IMAP4_SSL",
    "telnetlib.Telnet",
    "http.client.HTTPConnection.request",
    "shutil.copytree",
    "shutil.rmtree",
    "shutil.copyfile",
    "shutil.copy",
    "shutil.copy2",
    "shutil.move",
    "shutil.make_archive",
    "shutil.unpack_archive",
];

/// Modules whose functions of these names wait.
const VERBS: &[&str] =
    &["get", "post", "put", "patch", "delete", "head", "options", "request", "stream", "send"];

/// Modules that offer [`VERBS`] as functions.
const HTTP: &[&str] = &["requests", "requests.api", "httpx"];

/// Classes and functions that make an instance whose methods wait, and what instances are called.
const MAKERS: &[(&str, &str)] = &[
    ("requests.Session", "requests.Session"),
    ("requests.sessions.Session", "requests.Session"),
    ("requests.session", "requests.Session"),
    ("httpx.Client", "httpx.Client"),
    ("urllib3.PoolManager", "urllib3.PoolManager"),
    ("pathlib.Path", "pathlib.Path"),
    ("pathlib.PosixPath", "pathlib.Path"),
    ("psycopg2.connect", "psycopg2.connection"),
    ("psycopg.connect", "psycopg.Connection"),
    ("psycopg.Connection.connect", "psycopg.Connection"),
    ("pymysql.connect", "pymysql.Connection"),
    ("MySQLdb.connect", "MySQLdb.Connection"),
    ("mysql.connector.connect", "mysql.connector.Connection"),
    ("pyodbc.connect", "pyodbc.Connection"),
    ("sqlite3.connect", "sqlite3.Connection"),
    ("redis.Redis", "redis.Redis"),
    ("redis.StrictRedis", "redis.Redis"),
    ("redis.from_url", "redis.Redis"),
    ("redis.Redis.from_url", "redis.Redis"),
    ("redis.client.Redis", "redis.Redis"),
    ("pymongo.MongoClient", "pymongo.MongoClient"),
    ("boto3.client", "boto3.client"),
    ("boto3.resource", "boto3.resource"),
    ("paramiko.SSHClient", "paramiko.SSHClient"),
];

/// Makers that wait themselves.
const CONNECTS: &[&str] = &[
    "psycopg2.connect",
    "psycopg.connect",
    "psycopg.Connection.connect",
    "pymysql.connect",
    "MySQLdb.connect",
    "mysql.connector.connect",
    "pyodbc.connect",
    "sqlite3.connect",
];

const CURSOR: &str = "cursor";

/// Methods that wait, by the class.
const METHODS: &[(&str, &[&str])] = &[
    ("requests.Session", VERBS),
    ("httpx.Client", VERBS),
    ("urllib3.PoolManager", &["request", "urlopen"]),
    ("psycopg2.connection", &["commit", "rollback"]),
    ("psycopg.Connection", &["execute", "commit", "rollback"]),
    ("pymysql.Connection", &["commit", "rollback", "query"]),
    ("MySQLdb.Connection", &["commit", "rollback", "query"]),
    ("mysql.connector.Connection", &["commit", "rollback"]),
    ("pyodbc.Connection", &["execute", "commit", "rollback"]),
    ("sqlite3.Connection", &["execute", "executemany", "executescript", "commit", "rollback"]),
    (CURSOR, &["execute", "executemany", "executescript", "fetchone", "fetchall", "fetchmany", "callproc"]),
    (
        "redis.Redis",
        &[
            "get",
            "set",
            "delete",
            "exists",
            "expire",
            "hget",
            "hgetall",
            "hset",
            "hdel",
            "lpush",
            "rpush",
            "lpop",
            "rpop",
            "blpop",
            "brpop",
            "lrange",
            "llen",
            "sadd",
            "srem",
            "smembers",
            "sismember",
            "zadd",
            "zrange",
            "zrem",
            "incr",
            "decr",
            "incrby",
            "publish",
            "ping",
            "keys",
            "scan",
            "mget",
            "mset",
            "setex",
            "setnx",
            "ttl",
            "flushdb",
            "flushall",
            "xadd",
            "xread",
            "eval",
            "evalsha",
            "execute_command",
        ],
    ),
    ("paramiko.SSHClient", &["connect", "exec_command"]),
];

/// Methods of paths that read or write.
const FILES: &[&str] = &["read_text", "write_text", "read_bytes", "write_bytes", "open"];

/// Methods of paths that give another path.
const PATHS: &[&str] = &[
    "joinpath",
    "with_name",
    "with_suffix",
    "resolve",
    "absolute",
    "expanduser",
    "relative_to",
    "__truediv__",
];

/// What a call of this name makes an instance of.
pub(super) fn makes(full_name: &str) -> Option<&'static str> {
    MAKERS.iter().find(|(maker, _)| *maker == full_name).map(|(_, class)| *class)
}

/// Whether making it waits for the other side.
pub(super) fn connects(full_name: &str) -> bool {
    CONNECTS.contains(&full_name)
}

/// Whether a function waits.
pub(super) fn blocks(full_name: &str) -> bool {
    let is_verb = || {
        full_name
            .rsplit_once('.')
            .is_some_and(|(module, name)| HTTP.contains(&module) && VERBS.contains(&name))
    };
    FUNCTIONS.contains(&full_name) || is_verb()
}

/// Whether a function opens a file.
pub(super) fn opens_file(full_name: &str) -> bool {
    matches!(
        full_name,
        "builtins.open" | "io.open" | "codecs.open" | "gzip.open" | "tarfile.open" | "zipfile.ZipFile"
    )
}

/// What a method of an instance of `class` does; nothing where it doesn't wait.
pub(super) fn method(class: &str, name: &str) -> Option<Method> {
    if class == "pathlib.Path" {
        return match name {
            _ if FILES.contains(&name) => Some(Method::OpensFile),
            _ if PATHS.contains(&name) => Some(Method::Gives("pathlib.Path")),
            _ => None,
        };
    }
    if name == "cursor" && CONNECTS.iter().any(|maker| makes(maker) == Some(class)) {
        return Some(Method::Gives(CURSOR));
    }
    // Clients of cloud services: each method is a request, but for what only looks at them.
    if matches!(class, "boto3.client" | "boto3.resource") {
        let is_local =
            matches!(name, "get_paginator" | "get_waiter" | "can_paginate" | "Table" | "Bucket" | "Object");
        let is_request =
            name.contains('_') && !name.starts_with('_') && !name.starts_with("generate_presigned");
        return (class == "boto3.client" && is_request && !is_local).then_some(Method::Blocks);
    }
    let (_, methods) = METHODS.iter().find(|(known, _)| *known == class)?;
    methods.contains(&name).then_some(Method::Blocks)
}
