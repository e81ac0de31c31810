//! The purposes of libraries: the rows of a table of the technologies that a project uses.

/// Distributions that are built on another one with the same purpose. Using the first is not a choice of two.
static RESTS_ON: &[(&str, &str)] = &[
    ("sqlmodel", "sqlalchemy"),
    ("advanced-alchemy", "sqlalchemy"),
    ("ormar", "sqlalchemy"),
    ("flask-migrate", "alembic"),
    ("pydantic-settings", "python-dotenv"),
    ("requests", "urllib3"),
];

/// Whether the distribution `name` is built on `other`.
pub fn rests_on(name: &str, other: &str) -> bool {
    RESTS_ON.contains(&(name, other))
}

/// Purposes with the distributions that serve them, in table order.
pub static PURPOSES: &[(&str, &[&str])] = &[
    (
        "web framework",
        &[
            "fastapi",
            "Django",
            "djangorestframework",
            "django-ninja",
            "flask",
            "litestar",
            "starlette",
            "quart",
            "sanic",
            "aiohttp",
            "tornado",
            "falcon",
            "bottle",
            "pyramid",
            "connexion",
            "strawberry-graphql",
            "graphene",
            "ariadne",
            "flask-restful",
            "flask-restx",
        ],
    ),
    ("server", &["uvicorn", "gunicorn", "hypercorn", "granian", "daphne", "waitress"]),
    (
        "object mapping",
        &[
            "sqlalchemy",
            "sqlmodel",
            "tortoise-orm",
            "peewee",
            "pony",
            "piccolo",
            "ormar",
            "beanie",
            "mongoengine",
            "odmantic",
            "advanced-alchemy",
        ],
    ),
    ("migrations", &["alembic", "flask-migrate", "aerich"]),
    (
        "database drivers",
        &[
            "asyncpg",
            "psycopg",
            "psycopg2",
            "psycopg2-binary",
            "aiosqlite",
            "aiomysql",
            "pymysql",
            "mysqlclient",
            "asyncmy",
            "pymongo",
            "motor",
            "redis",
            "valkey",
        ],
    ),
    ("tasks", &["celery", "dramatiq", "taskiq", "arq", "rq", "huey", "procrastinate", "django-q2"]),
    ("schedules", &["apscheduler", "schedule", "rocketry"]),
    (
        "messages",
        &[
            "faststream",
            "aiokafka",
            "confluent-kafka",
            "kafka-python",
            "aio-pika",
            "pika",
            "kombu",
            "nats-py",
        ],
    ),
    (
        "injection",
        &[
            "dishka",
            "dependency-injector",
            "injector",
            "punq",
            "lagom",
            "svcs",
            "wireup",
            "that-depends",
            "kink",
        ],
    ),
    ("validation", &["pydantic", "marshmallow", "msgspec", "attrs", "cattrs", "voluptuous", "cerberus"]),
    (
        "settings",
        &["pydantic-settings", "dynaconf", "environs", "django-environ", "python-decouple", "python-dotenv"],
    ),
    ("HTTP client", &["httpx", "requests", "aiohttp", "urllib3"]),
    ("JSON", &["orjson", "ujson", "simplejson", "rapidjson"]),
    ("logging", &["structlog", "loguru", "python-json-logger"]),
    (
        "tracing and errors",
        &["opentelemetry-api", "opentelemetry-sdk", "sentry-sdk", "ddtrace", "logfire", "newrelic"],
    ),
    ("metrics", &["prometheus-client", "prometheus-fastapi-instrumentator", "statsd", "datadog"]),
    (
        "tokens and passwords",
        &["pyjwt", "python-jose", "authlib", "passlib", "bcrypt", "argon2-cffi", "pwdlib"],
    ),
    ("retries", &["tenacity", "backoff", "stamina", "retrying"]),
];

/// The distributions that serve a purpose of the table; none for any other word.
pub fn distributions_for(purpose: &str) -> &'static [&'static str] {
    PURPOSES.iter().find(|(name, _)| *name == purpose).map_or(&[], |(_, distributions)| distributions)
}

/// Whether one library is enough for a purpose. That doesn't hold for a server and its workers, or for drivers of two
/// databases.
pub fn is_enough_alone(purpose: &str) -> bool {
    matches!(
        purpose,
        "object mapping"
            | "tasks"
            | "injection"
            | "HTTP client"
            | "JSON"
            | "settings"
            | "retries"
            | "logging"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_are_named_once() {
        let mut names: Vec<&str> = PURPOSES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PURPOSES.len());
        assert!(PURPOSES.iter().any(|(name, _)| is_enough_alone(name)));
    }

    #[test]
    fn what_rests_on_another_serves_the_same_purpose() {
        for (name, other) in RESTS_ON {
            let serves_both = |(_, all): &&(&str, &[&str])| all.contains(name) && all.contains(other);
            assert!(PURPOSES.iter().any(|it| serves_both(&it)), "{name} and {other}");
        }
        assert!(rests_on("sqlmodel", "sqlalchemy") && !rests_on("sqlalchemy", "sqlmodel"));
    }
}
