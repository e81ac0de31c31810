//! What a reviewer looks at in a call: whether it waits without end, tries again without end, trusts what it is given.

/// What to look at in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// It waits for a peer without end, unless one of these arguments sets a limit.
    Waits(&'static [&'static str]),
    /// A decorator that tries again without end, unless one of these arguments ends it.
    Retries(&'static [&'static str]),
    /// It sends a request, and checks the peer's certificate unless `verify` is off.
    Sends,
    /// It reads a signed token.
    Token,
    /// It makes a signed token.
    TokenMade,
    /// It reads a signed token without checking the signature.
    UncheckedToken,
    /// It computes a digest that is made to be fast.
    FastDigest,
    /// It makes something that hashes passwords slowly, on purpose.
    PasswordHasher,
    /// It hashes a password slowly, on purpose.
    PasswordHash,
    /// The type of a column of floating point numbers.
    FloatColumn,
    /// The type of a column of times, with a zone if `timezone` is on.
    TimeColumn,
    /// It makes a session, or a factory of sessions.
    Session,
    /// It makes a factory of sessions.
    SessionFactory,
    /// It makes an HTTP client with a pool of connections.
    HttpClient,
    /// It answers a request with an error, whose text is in one of these arguments, or at this position.
    ErrorAnswer(&'static [&'static str], usize),
    /// It starts a tracker of errors.
    ErrorTracker,
    /// It configures logging.
    Logging,
    /// A decorator that keeps results for ever, unless `maxsize` says how many.
    Cache(CacheSize),
    /// It makes a limiter of requests.
    Limiter,
}

/// How many results a cache keeps without an argument that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheSize {
    /// A fixed number.
    Limited,
    /// All.
    Unlimited,
}

/// By full name.
static CAUTIONS: &[(&str, Caution)] = &[
    ("requests.get", Caution::Waits(&["timeout"])),
    ("requests.post", Caution::Waits(&["timeout"])),
    ("requests.put", Caution::Waits(&["timeout"])),
    ("requests.patch", Caution::Waits(&["timeout"])),
    ("requests.delete", Caution::Waits(&["timeout"])),
    ("requests.head", Caution::Waits(&["timeout"])),
    ("requests.options", Caution::Waits(&["timeout"])),
    ("requests.request", Caution::Waits(&["timeout"])),
    ("urllib.request.urlopen", Caution::Waits(&["timeout"])),
    ("smtplib.SMTP", Caution::Waits(&["timeout"])),
    ("smtplib.SMTP_SSL", Caution::Waits(&["timeout"])),
    ("ftplib.FTP", Caution::Waits(&["timeout"])),
    ("httpx.get", Caution::Sends),
    ("httpx.post", Caution::Sends),
    ("httpx.put", Caution::Sends),
    ("httpx.patch", Caution::Sends),
    ("httpx.delete", Caution::Sends),
    ("httpx.request", Caution::Sends),
    ("httpx.AsyncClient", Caution::HttpClient),
    ("httpx.Client", Caution::HttpClient),
    ("aiohttp.ClientSession", Caution::HttpClient),
    ("tenacity.retry", Caution::Retries(&["stop"])),
    ("backoff.on_exception", Caution::Retries(&["max_tries", "max_time"])),
    ("backoff.on_predicate", Caution::Retries(&["max_tries", "max_time"])),
    ("retrying.retry", Caution::Retries(&["stop", "stop_max_attempt_number", "stop_max_delay", "stop_func"])),
    ("jwt.decode", Caution::Token),
    ("jwt.api_jwt.decode", Caution::Token),
    ("jose.jwt.decode", Caution::Token),
    ("authlib.jose.jwt.decode", Caution::Token),
    ("jwt.encode", Caution::TokenMade),
    ("jwt.api_jwt.encode", Caution::TokenMade),
    ("jose.jwt.encode", Caution::TokenMade),
    ("authlib.jose.jwt.encode", Caution::TokenMade),
    ("jose.jwt.get_unverified_claims", Caution::UncheckedToken),
    ("hashlib.md5", Caution::FastDigest),
    ("hashlib.sha1", Caution::FastDigest),
    ("hashlib.sha224", Caution::FastDigest),
    ("hashlib.sha256", Caution::FastDigest),
    ("hashlib.sha384", Caution::FastDigest),
    ("hashlib.sha512", Caution::FastDigest),
    ("hashlib.blake2b", Caution::FastDigest),
    ("passlib.context.CryptContext", Caution::PasswordHasher),
    ("argon2.PasswordHasher", Caution::PasswordHasher),
    ("pwdlib.PasswordHash.recommended", Caution::PasswordHasher),
    ("pwdlib.PasswordHash", Caution::PasswordHasher),
    ("bcrypt.hashpw", Caution::PasswordHash),
    ("bcrypt.checkpw", Caution::PasswordHash),
    ("passlib.hash.bcrypt.hash", Caution::PasswordHash),
    ("passlib.hash.bcrypt.verify", Caution::PasswordHash),
    ("passlib.hash.argon2.hash", Caution::PasswordHash),
    ("passlib.hash.argon2.verify", Caution::PasswordHash),
    ("sqlalchemy.Float", Caution::FloatColumn),
    ("sqlalchemy.FLOAT", Caution::FloatColumn),
    ("sqlalchemy.REAL", Caution::FloatColumn),
    ("sqlalchemy.Double", Caution::FloatColumn),
    ("django.db.models.FloatField", Caution::FloatColumn),
    ("sqlalchemy.DateTime", Caution::TimeColumn),
    ("sqlalchemy.TIMESTAMP", Caution::TimeColumn),
    ("sqlalchemy.orm.Session", Caution::Session),
    ("sqlmodel.Session", Caution::Session),
    ("sqlalchemy.ext.asyncio.AsyncSession", Caution::Session),
    ("sqlmodel.ext.asyncio.session.AsyncSession", Caution::Session),
    ("sqlalchemy.orm.sessionmaker", Caution::SessionFactory),
    ("sqlalchemy.ext.asyncio.async_sessionmaker", Caution::SessionFactory),
    ("fastapi.HTTPException", Caution::ErrorAnswer(&["detail"], 1)),
    ("starlette.exceptions.HTTPException", Caution::ErrorAnswer(&["detail"], 1)),
    ("litestar.exceptions.HTTPException", Caution::ErrorAnswer(&["detail"], 0)),
    ("flask.abort", Caution::ErrorAnswer(&["description"], 1)),
    ("sentry_sdk.init", Caution::ErrorTracker),
    ("logging.config.dictConfig", Caution::Logging),
    ("logging.config.fileConfig", Caution::Logging),
    ("logging.basicConfig", Caution::Logging),
    ("structlog.configure", Caution::Logging),
    ("loguru.logger.add", Caution::Logging),
    ("loguru.logger.configure", Caution::Logging),
    ("logfire.configure", Caution::Logging),
    ("functools.cache", Caution::Cache(CacheSize::Unlimited)),
    ("functools.lru_cache", Caution::Cache(CacheSize::Limited)),
    ("async_lru.alru_cache", Caution::Cache(CacheSize::Limited)),
    ("slowapi.Limiter", Caution::Limiter),
    ("flask_limiter.Limiter", Caution::Limiter),
    ("fastapi_limiter.depends.RateLimiter", Caution::Limiter),
];

/// What to look at in a call of this full name, or of the name that its library knows it by.
pub fn caution(full_name: &str) -> Option<Caution> {
    let of = |name: &str| CAUTIONS.iter().find(|(known, _)| *known == name).map(|(_, it)| *it);
    of(full_name).or_else(|| match crate::canonical(full_name)? {
        (module, Some(name)) => of(&format!("{module}.{name}")),
        (name, None) => of(name),
    })
}

/// Per traced library, the module whose instrumentor traces it.
static INSTRUMENTS: &[(&str, &str)] = &[
    ("fastapi", "opentelemetry.instrumentation.fastapi"),
    ("django", "opentelemetry.instrumentation.django"),
    ("flask", "opentelemetry.instrumentation.flask"),
    ("sqlalchemy", "opentelemetry.instrumentation.sqlalchemy"),
    ("httpx", "opentelemetry.instrumentation.httpx"),
    ("requests", "opentelemetry.instrumentation.requests"),
    ("redis", "opentelemetry.instrumentation.redis"),
    ("celery", "opentelemetry.instrumentation.celery"),
    ("asyncpg", "opentelemetry.instrumentation.asyncpg"),
    ("psycopg", "opentelemetry.instrumentation.psycopg"),
    ("psycopg2", "opentelemetry.instrumentation.psycopg2"),
    ("aio_pika", "opentelemetry.instrumentation.aio_pika"),
    ("aiokafka", "opentelemetry.instrumentation.aiokafka"),
];

/// The libraries that OpenTelemetry traces, each with the module that does.
pub fn instruments() -> &'static [(&'static str, &'static str)] {
    INSTRUMENTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_has_two_rows() {
        let mut names: Vec<&str> = CAUTIONS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CAUTIONS.len());
    }

    #[test]
    fn another_spelling_is_the_same_call() {
        assert_eq!(caution("requests.get"), Some(Caution::Waits(&["timeout"])));
        assert_eq!(caution("sqlalchemy.orm.session.sessionmaker"), caution("sqlalchemy.orm.sessionmaker"));
        assert_eq!(caution("shop.get"), None);
    }
}
