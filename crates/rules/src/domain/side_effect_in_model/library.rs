//! Functions of libraries that reach out of the process, by their full names.

/// One by one.
const FUNCTIONS: &[&str] = &[
    "builtins.input",
    "builtins.open",
    "codecs.open",
    "django.core.mail.mail_admins",
    "django.core.mail.mail_managers",
    "django.core.mail.send_mail",
    "django.core.mail.send_mass_mail",
    "gzip.open",
    "io.open",
    "os.environ",
    "os.environ.get",
    "os.getenv",
    "os.listdir",
    "os.makedirs",
    "os.mkdir",
    "os.popen",
    "os.putenv",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.system",
    "os.unlink",
    "psycopg.connect",
    "psycopg2.connect",
    "pymongo.MongoClient",
    "redis.Redis",
    "redis.from_url",
    "smtplib.SMTP",
    "smtplib.SMTP_SSL",
    "socket.create_connection",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.socket",
    "sqlalchemy.create_engine",
    "sqlalchemy.ext.asyncio.create_async_engine",
    "sqlite3.connect",
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
];

/// All functions of these modules that have a name from [`VERBS`].
const HTTP: &[&str] = &["requests", "requests.api", "httpx"];

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options", "request", "stream"];

/// Clients: who makes one means to use it.
const CLIENTS: &[&str] = &[
    "aiohttp.ClientSession",
    "aiofiles.open",
    "boto3.client",
    "boto3.resource",
    "httpx.AsyncClient",
    "httpx.Client",
    "requests.Session",
    "requests.session",
    "urllib3.PoolManager",
];

/// Functions that start processes.
const PROCESSES: &[&str] =
    &["run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"];

/// Clocks and chance.
const CLOCKS: &[&str] = &[
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "random.choice",
    "random.randint",
    "random.random",
    "secrets.token_hex",
    "secrets.token_urlsafe",
    "time.time",
    "uuid.uuid1",
    "uuid.uuid4",
];

/// Whether calling (or reading, for `os.environ`) this reaches out of the process.
pub(super) fn reaches_out(full_name: &str, with_clock: bool) -> bool {
    let (module, name) = full_name.rsplit_once('.').unwrap_or(("", full_name));
    FUNCTIONS.contains(&full_name)
        || CLIENTS.contains(&full_name)
        || (HTTP.contains(&module) && VERBS.contains(&name))
        || (module == "subprocess" && PROCESSES.contains(&name))
        || (module == "shutil" && !matches!(name, "which" | "get_terminal_size" | "disk_usage"))
        || (with_clock && CLOCKS.contains(&full_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_out() {
        for (full_name, plain, with_clock) in [
            ("requests.get", true, true),
            ("requests.compat.quote", false, false),
            ("subprocess.run", true, true),
            ("shutil.copy", true, true),
            ("shutil.which", false, false),
            ("uuid.uuid4", false, true),
            ("os.path.join", false, false),
        ] {
            let found = (reaches_out(full_name, false), reaches_out(full_name, true));
            assert_eq!(found, (plain, with_clock), "{full_name}");
        }
    }
}
