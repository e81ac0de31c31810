//! Python's standard library.

mod at_import;
mod bases;
mod waits;

use crate::{ClassRole, Client, Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "",
    imports: &[],
    kinds: &[
        ("argparse", Kind::CommandLine),
        ("ftplib", Kind::Service),
        ("http.HTTPStatus", Kind::Web),
        ("http.client", Kind::Client),
        ("imaplib", Kind::Service),
        ("logging", Kind::Harmless),
        ("logging.config", Kind::Monitoring),
        ("smtplib", Kind::Service),
        ("sqlite3", Kind::Driver),
        ("urllib.request", Kind::Client),
        ("xmlrpc.client", Kind::Client),
    ],
    bases: bases::ROWS,
    class_decorators: &[("dataclasses.dataclass", ClassRole::Data)],
    calls: &[("sqlite3.connect", Mark::Engine)],
    other_fields: &["builtins", "dataclasses"],
    waits: waits::ROWS,
    opens: &["builtins.open", "codecs.open", "gzip.open", "io.open", "tarfile.open", "zipfile.ZipFile"],
    clients: &[
        Client { maker: "pathlib.Path", class: "pathlib.Path", waits: false },
        Client { maker: "pathlib.PosixPath", class: "pathlib.Path", waits: false },
        Client { maker: "sqlite3.connect", class: "sqlite3.Connection", waits: true },
    ],
    client_methods: &[(
        "sqlite3.Connection",
        &["execute", "executemany", "executescript", "commit", "rollback"],
    )],
    makes: &[("logging.getLogger", "logging.Logger"), ("re.compile", "re.Pattern")],
    at_import: at_import::ROWS,
    handles: &[
        ("smtplib.SMTP", Handle::Client),
        ("smtplib.SMTP_SSL", Handle::Client),
        ("sqlite3.connect", Handle::Session),
    ],
    effects: &[
        "builtins.input",
        "builtins.open",
        "codecs.open",
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
        "smtplib.SMTP",
        "smtplib.SMTP_SSL",
        "socket.create_connection",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.socket",
        "sqlite3.connect",
        "urllib.request.urlopen",
        "urllib.request.urlretrieve",
    ],
    clocks: &[
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
    ],
    ..Library::UNKNOWN
};
