//! What calls of libraries do while a module is loaded: the table of those that only make something.
//!
//! Rows name a library, a module of it, or one name; the most specific counts. What no row covers is unknown, and nobody
//! takes it for harmless.

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// Gives a value that never changes, and does nothing else.
    Pure,
    /// Makes a list, a dictionary or the like.
    Container,
    /// Makes something whose methods act.
    Makes,
    /// Makes something that is put together by its methods: a router, a table, a schema.
    Configures,
    /// Calls the functions that it is given.
    CallsArguments,
    /// Reads the environment.
    Environment,
    /// Opens, connects, starts, registers, prints, reads files.
    Acts,
    /// Can't be told.
    Unknown,
}

use Call::{Acts, CallsArguments, Configures, Container, Environment, Makes, Pure};

/// Sorted by name.
#[rustfmt::skip]
static CALLS: &[(&str, Call)] = &[
    ("abc", Pure),
    ("aiogram.Router", Configures),
    ("annotated_types", Pure),
    ("ariadne", Configures),
    ("array", Container),
    ("ast", Pure),
    ("asyncio.Condition", Makes),
    ("asyncio.Event", Makes),
    ("asyncio.Lock", Makes),
    ("asyncio.Queue", Makes),
    ("asyncio.Semaphore", Makes),
    ("attr", Configures),
    ("attrs", Configures),
    ("base64", Pure),
    ("bidict", Container),
    ("binascii", Pure),
    ("bisect", Pure),
    ("bleach", Pure),
    ("blinker.Namespace", Configures),
    ("builtins", Pure),
    ("builtins.__build_class__", Acts),
    ("builtins.breakpoint", Acts),
    ("builtins.bytearray", Container),
    ("builtins.dict", Container),
    ("builtins.enumerate", Container),
    ("builtins.eval", Acts),
    ("builtins.exec", Acts),
    ("builtins.exit", Acts),
    ("builtins.filter", CallsArguments),
    ("builtins.frozenset", Container),
    ("builtins.getattr", Container),
    ("builtins.globals", Container),
    ("builtins.input", Acts),
    ("builtins.iter", Container),
    ("builtins.list", Container),
    ("builtins.locals", Container),
    ("builtins.map", CallsArguments),
    ("builtins.max", CallsArguments),
    ("builtins.min", CallsArguments),
    ("builtins.next", Container),
    ("builtins.open", Acts),
    ("builtins.print", Acts),
    ("builtins.quit", Acts),
    ("builtins.reversed", Container),
    ("builtins.set", Container),
    ("builtins.sorted", CallsArguments),
    ("builtins.tuple", Container),
    ("builtins.vars", Container),
    ("builtins.zip", Container),
    ("cachetools", Makes),
    ("celery.Celery", Configures),
    ("celery.Task", Configures),
    ("celery.schedules", Pure),
    ("celery.shared_task", Configures),
    ("celery.utils.log.get_task_logger", Makes),
    ("click", Configures),
    ("collections", Container),
    ("contextlib", Pure),
    ("contextvars.ContextVar", Makes),
    ("copy", Pure),
    ("crispy_forms", Configures),
    ("croniter", Pure),
    ("dataclasses", Configures),
    ("datetime", Pure),
    ("dateutil", Pure),
    ("decimal", Pure),
    ("decimal.getcontext", Acts),
    ("decimal.setcontext", Acts),
    ("decouple", Environment),
    ("django.apps.AppConfig", Configures),
    ("django.conf.urls", Configures),
    ("django.contrib.admin", Configures),
    ("django.contrib.admin.register", Acts),
    ("django.contrib.admin.site", Acts),
    ("django.contrib.auth.authenticate", Acts),
    ("django.contrib.auth.decorators", Configures),
    ("django.contrib.auth.get_user_model", Acts),
    ("django.contrib.auth.mixins", Configures),
    ("django.contrib.auth.models", Configures),
    ("django.contrib.postgres", Configures),
    ("django.core.checks.Error", Pure),
    ("django.core.checks.Warning", Pure),
    ("django.core.exceptions", Pure),
    ("django.core.management.base", Configures),
    ("django.core.paginator", Pure),
    ("django.core.validators", Pure),
    ("django.db.DatabaseError", Pure),
    ("django.db.IntegrityError", Pure),
    ("django.db.models", Configures),
    ("django.db.transaction.atomic", Pure),
    ("django.dispatch.Signal", Makes),
    ("django.forms", Configures),
    ("django.http", Pure),
    ("django.middleware", Configures),
    ("django.template.Library", Configures),
    ("django.urls.path", Pure),
    ("django.urls.re_path", Pure),
    ("django.urls.register_converter", Acts),
    ("django.urls.reverse_lazy", Pure),
    ("django.utils", Pure),
    ("django.utils.translation.activate", Acts),
    ("django.utils.translation.gettext", Acts),
    ("django.utils.translation.ngettext", Acts),
    ("django.utils.translation.pgettext", Acts),
    ("django.views", Configures),
    ("django_filters", Configures),
    ("drf_spectacular", Configures),
    ("drf_yasg", Configures),
    ("email.utils", Pure),
    ("enum", Pure),
    ("environ", Environment),
    ("environs", Environment),
    ("fastapi", Configures),
    ("flask", Configures),
    ("flask.abort", Acts),
    ("flask.current_app", Acts),
    ("flask.g", Acts),
    ("flask.request", Acts),
    ("flask.session", Acts),
    ("flask_bcrypt.Bcrypt", Configures),
    ("flask_caching.Cache", Configures),
    ("flask_cors.CORS", Configures),
    ("flask_jwt_extended.JWTManager", Configures),
    ("flask_limiter.Limiter", Configures),
    ("flask_login", Configures),
    ("flask_mail.Mail", Configures),
    ("flask_marshmallow.Marshmallow", Configures),
    ("flask_migrate.Migrate", Configures),
    ("flask_restful", Configures),
    ("flask_restx", Configures),
    ("flask_smorest", Configures),
    ("flask_sqlalchemy", Configures),
    ("flask_wtf", Configures),
    ("fractions", Pure),
    ("frozendict", Pure),
    ("functools", Configures),
    ("functools.reduce", CallsArguments),
    ("gettext", Pure),
    ("graphene", Configures),
    ("graphene_django", Configures),
    ("graphql", Configures),
    ("hashlib", Pure),
    ("heapq", Pure),
    ("hmac", Pure),
    ("html", Pure),
    ("http", Pure),
    ("httpx.AsyncClient", Makes),
    ("httpx.Client", Makes),
    ("httpx.Limits", Pure),
    ("httpx.Timeout", Pure),
    ("inspect", Pure),
    ("io.BytesIO", Makes),
    ("io.StringIO", Makes),
    ("ipaddress", Pure),
    ("itertools", Container),
    ("itertools.accumulate", CallsArguments),
    ("itertools.dropwhile", CallsArguments),
    ("itertools.filterfalse", CallsArguments),
    ("itertools.groupby", CallsArguments),
    ("itertools.starmap", CallsArguments),
    ("itertools.takewhile", CallsArguments),
    ("itsdangerous", Makes),
    ("jinja2.Environment", Makes),
    ("jinja2.Template", Makes),
    ("json.dumps", Pure),
    ("json.loads", Container),
    ("jsonschema", Makes),
    ("keyword", Pure),
    ("litestar", Configures),
    ("logging.Filter", Makes),
    ("logging.Formatter", Makes),
    ("logging.Handler", Makes),
    ("logging.LoggerAdapter", Makes),
    ("logging.NullHandler", Makes),
    ("logging.getLogger", Makes),
    ("mako.template.Template", Makes),
    ("markupsafe", Pure),
    ("marshmallow", Configures),
    ("marshmallow_sqlalchemy", Configures),
    ("math", Pure),
    ("mimetypes.guess_type", Pure),
    ("model_utils", Configures),
    ("mptt", Configures),
    ("msgspec", Configures),
    ("mypy_extensions", Pure),
    ("numbers", Pure),
    ("numpy", Pure),
    ("numpy.random", Acts),
    ("operator", Pure),
    ("orjson.dumps", Pure),
    ("orjson.loads", Container),
    ("os.PathLike", Pure),
    ("os.cpu_count", Pure),
    ("os.environ", Environment),
    ("os.fspath", Pure),
    ("os.getenv", Environment),
    ("os.path", Pure),
    ("os.path.exists", Acts),
    ("os.path.getmtime", Acts),
    ("os.path.getsize", Acts),
    ("os.path.isdir", Acts),
    ("os.path.isfile", Acts),
    ("packaging", Pure),
    ("passlib.context.CryptContext", Makes),
    ("pathlib", Configures),
    ("pathlib.Path.cwd", Acts),
    ("phonenumber_field", Configures),
    ("platform", Pure),
    ("pprint.pformat", Pure),
    ("prometheus_client", Makes),
    ("pydantic", Configures),
    ("pydantic.BaseSettings", Environment),
    ("pydantic_settings", Configures),
    ("pydantic_settings.BaseSettings", Environment),
    ("pyparsing", Configures),
    ("pytz", Pure),
    ("queue", Makes),
    ("re", Pure),
    ("redis.Redis", Makes),
    ("redis.StrictRedis", Makes),
    ("redis.asyncio.Redis", Makes),
    ("requests.Session", Makes),
    ("requests.adapters", Makes),
    ("requests.auth", Pure),
    ("requests.exceptions", Pure),
    ("rest_framework", Configures),
    ("rest_framework_simplejwt", Configures),
    ("secrets", Pure),
    ("shlex", Pure),
    ("simple_history", Configures),
    ("six", Pure),
    ("slugify", Pure),
    ("sortedcontainers", Container),
    ("sqlalchemy", Configures),
    ("sqlalchemy.create_engine", Acts),
    ("sqlalchemy.engine_from_config", Acts),
    ("sqlalchemy.event", Acts),
    ("sqlalchemy.ext.asyncio.async_scoped_session", Makes),
    ("sqlalchemy.ext.asyncio.async_sessionmaker", Makes),
    ("sqlalchemy.ext.asyncio.create_async_engine", Acts),
    ("sqlalchemy.inspect", Acts),
    ("sqlalchemy.orm.configure_mappers", Acts),
    ("sqlalchemy.orm.scoped_session", Makes),
    ("sqlalchemy.orm.sessionmaker", Makes),
    ("sqlalchemy_utils", Configures),
    ("sqlmodel", Configures),
    ("sqlmodel.create_engine", Acts),
    ("starlette", Configures),
    ("starlette.config", Environment),
    ("starlette.datastructures", Pure),
    ("statistics", Pure),
    ("strawberry", Configures),
    ("string", Pure),
    ("struct", Pure),
    ("structlog.getLogger", Makes),
    ("structlog.get_logger", Makes),
    ("structlog.stdlib.get_logger", Makes),
    ("taggit", Configures),
    ("tempfile.gettempdir", Pure),
    ("tenacity", Configures),
    ("textwrap", Pure),
    ("threading.BoundedSemaphore", Makes),
    ("threading.Condition", Makes),
    ("threading.Event", Makes),
    ("threading.Lock", Makes),
    ("threading.RLock", Makes),
    ("threading.Semaphore", Makes),
    ("threading.Thread", Makes),
    ("threading.local", Makes),
    ("time", Pure),
    ("time.sleep", Acts),
    ("toolz", Pure),
    ("traceback", Pure),
    ("treebeard", Configures),
    ("typer", Configures),
    ("types", Pure),
    ("typing", Pure),
    ("typing_extensions", Pure),
    ("typing_inspect", Pure),
    ("unicodedata", Pure),
    ("urllib.parse", Pure),
    ("uuid", Pure),
    ("weakref", Container),
    ("werkzeug.datastructures", Container),
    ("werkzeug.exceptions", Pure),
    ("werkzeug.local", Makes),
    ("werkzeug.security", Pure),
    ("wrapt", Configures),
    ("wtforms", Configures),
    ("yarl", Pure),
    ("zlib", Pure),
    ("zoneinfo", Pure),
    ("zope.interface", Configures),
];

/// What a call of `full` does.
pub(super) fn call(full: &str) -> Call {
    let mut name = full;
    loop {
        if let Ok(index) = CALLS.binary_search_by_key(&name, |(row, _)| row) {
            return CALLS[index].1;
        }
        match name.rsplit_once('.') {
            Some((shorter, _)) => name = shorter,
            None => return Call::Unknown,
        }
    }
}

/// Methods that act even on what is put together: they open, read, write, start or send.
static ACTING: &[&str] = &[
    "add_done_callback",
    "all",
    "close",
    "commit",
    "connect",
    "create_all",
    "delay",
    "delete",
    "drop_all",
    "execute",
    "exists",
    "first",
    "get_or_create",
    "glob",
    "is_dir",
    "is_file",
    "iterdir",
    "listen",
    "load_dotenv",
    "mkdir",
    "open",
    "push",
    "read",
    "read_bytes",
    "read_text",
    "reflect",
    "rglob",
    "run",
    "save",
    "scalar",
    "scalars",
    "send",
    "send_task",
    "serve",
    "start",
    "stat",
    "touch",
    "unlink",
    "write",
    "write_bytes",
    "write_text",
];

/// Whether the method `name` of what `made` gave does nothing that others see.
pub(super) fn method_is_quiet(made: &str, name: &str) -> bool {
    match call(made) {
        Call::Pure | Call::Container | Call::CallsArguments => true,
        Call::Configures => ACTING.binary_search(&name).is_err(),
        Call::Makes | Call::Environment | Call::Acts | Call::Unknown => false,
    }
}

/// Methods of containers and texts that leave them as they are.
pub(super) fn only_reads(name: &str) -> bool {
    const READING: &[&str] =
        &["copy", "count", "difference", "get", "index", "intersection", "items", "keys", "union", "values"];
    READING.binary_search(&name).is_ok()
}

/// Class methods that models, enumerations and models of data inherit and that only make something.
pub(super) fn makes_of_class(name: &str) -> bool {
    matches!(name, "fromkeys" | "model_json_schema" | "mro" | "schema" | "__subclasses__")
}

/// Whether reading `full` needs what only a configured program has.
pub(super) fn needs_settings(full: &str) -> bool {
    ["django.conf.settings.", "flask.current_app.", "flask.g.", "flask.request.", "flask.session."]
        .iter()
        .any(|prefix| full.starts_with(prefix))
}

/// Modules of the standard library that some systems don't have. Sorted.
static ONE_PLATFORM: &[&str] = &[
    "_curses",
    "_posixsubprocess",
    "_winapi",
    "_winreg",
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "msvcrt",
    "nis",
    "nt",
    "ossaudiodev",
    "posix",
    "pty",
    "pwd",
    "readline",
    "resource",
    "spwd",
    "syslog",
    "termios",
    "tty",
    "winreg",
    "winsound",
];

/// Whether a module of the standard library is there on some systems only.
pub(super) fn is_of_one_platform(absolute: &str) -> bool {
    let first = absolute.split('.').next().unwrap_or_default();
    ONE_PLATFORM.binary_search(&first).is_ok()
}

/// The special methods behind an operator, on its left side.
pub(super) fn operator(op: &str) -> &'static [&'static str] {
    match op {
        "|" => &["__or__"],
        "&" => &["__and__"],
        "+" => &["__add__"],
        "-" => &["__sub__"],
        "*" => &["__mul__"],
        "/" => &["__truediv__"],
        ">>" => &["__rshift__"],
        "<<" => &["__lshift__"],
        "@" => &["__matmul__"],
        "%" => &["__mod__"],
        _ => &[],
    }
}

/// The special methods behind an operator, on its right side.
pub(super) fn reflected(op: &str) -> &'static [&'static str] {
    match op {
        "|" => &["__ror__"],
        "+" => &["__radd__"],
        ">>" => &["__rrshift__"],
        "/" => &["__rtruediv__"],
        "*" => &["__rmul__"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(CALLS.is_sorted_by_key(|(name, _)| name) && ACTING.is_sorted() && ONE_PLATFORM.is_sorted());
    }

    #[test]
    fn the_most_specific_row_counts() {
        let cases = [
            ("sqlalchemy.Column", Call::Configures),
            ("sqlalchemy.create_engine", Call::Acts),
            ("os.path.join", Call::Pure),
            ("os.path.exists", Call::Acts),
            ("os.makedirs", Call::Unknown),
            ("nobody.knows", Call::Unknown),
            ("builtins.map", Call::CallsArguments),
        ];
        for (name, expected) in cases {
            assert_eq!(call(name), expected, "{name}");
        }
    }
}
