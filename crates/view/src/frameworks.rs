//! Libraries that bind the code which imports them to a technology, and what kind each is.

/// What a library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Serves HTTP.
    Web,
    /// Maps objects to tables.
    Orm,
    /// Talks to one kind of database.
    Driver,
    /// Calls others over HTTP or RPC.
    Client,
    /// Sends messages and runs tasks.
    Broker,
    /// Talks to one cloud.
    Cloud,
}

impl Kind {
    /// The word used in options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Web => "web",
            Kind::Orm => "orm",
            Kind::Driver => "driver",
            Kind::Client => "client",
            Kind::Broker => "broker",
            Kind::Cloud => "cloud",
        }
    }

    /// In words, with an article.
    pub const fn words(self) -> &'static str {
        match self {
            Kind::Web => "a web framework",
            Kind::Orm => "an ORM",
            Kind::Driver => "a database driver",
            Kind::Client => "a network client",
            Kind::Broker => "a message broker",
            Kind::Cloud => "a cloud SDK",
        }
    }
}

/// The libraries by kind. Modules by their dotted names; all below counts, the longest entry wins.
const LIBRARIES: &[(Kind, &[&str])] = &[
    (
        Kind::Web,
        &[
            "fastapi",
            "starlette",
            "flask",
            "quart",
            "django.http",
            "django.views",
            "django.shortcuts",
            "django.urls",
            "django.forms",
            "rest_framework",
            "ninja",
            "litestar",
            "sanic",
            "tornado.web",
            "falcon",
            "pyramid",
            "bottle",
            "blacksheep",
            "robyn",
            "connexion",
            "werkzeug",
            "flask_restful",
            "flask_login",
            "flask_smorest",
            "flask_restx",
            "flask_wtf",
            "aiohttp.web",
            "strawberry",
            "graphene",
            "ariadne",
        ],
    ),
    (
        Kind::Orm,
        &[
            "sqlalchemy",
            "sqlmodel",
            "flask_sqlalchemy",
            "advanced_alchemy",
            "peewee",
            "pony",
            "tortoise",
            "mongoengine",
            "beanie",
            "odmantic",
            "ormar",
            "gino",
            "piccolo",
            "alembic",
            "django.db",
        ],
    ),
    (
        Kind::Driver,
        &[
            "bson",
            "pymongo",
            "motor",
            "gridfs",
            "redis",
            "aioredis",
            "psycopg",
            "psycopg2",
            "asyncpg",
            "pymysql",
            "MySQLdb",
            "mysql",
            "aiomysql",
            "aiosqlite",
            "sqlite3",
            "databases",
            "cassandra",
            "elasticsearch",
            "opensearchpy",
            "neo4j",
            "clickhouse_driver",
            "clickhouse_connect",
            "supabase",
            "firebase_admin",
            "oracledb",
            "pyodbc",
            "snowflake",
        ],
    ),
    (
        Kind::Client,
        &[
            "requests",
            "httpx",
            "aiohttp",
            "urllib3",
            "urllib.request",
            "http.client",
            "grpc",
            "zeep",
            "smtplib",
        ],
    ),
    (
        Kind::Broker,
        &[
            "celery",
            "kombu",
            "pika",
            "aio_pika",
            "kafka",
            "aiokafka",
            "confluent_kafka",
            "faststream",
            "dramatiq",
            "rq",
            "arq",
            "nats",
            "taskiq",
            "huey",
        ],
    ),
    (Kind::Cloud, &["boto3", "botocore", "aioboto3", "aiobotocore", "google.cloud", "azure", "minio"]),
];

/// The library that `name` (in full: `sqlalchemy.orm.Session`) belongs to, and its kind.
pub fn kind_of(name: &str) -> Option<(&'static str, Kind)> {
    LIBRARIES
        .iter()
        .flat_map(|(kind, list)| list.iter().map(|library| (*library, *kind)))
        .filter(|(library, _)| is_of(name, library))
        .max_by_key(|(library, _)| library.len())
}

/// Whether `name` is `library` or lies inside.
pub fn is_of(name: &str, library: &str) -> bool {
    name.strip_prefix(library).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether something outside of the project is part of a web framework.
pub fn is_web_framework(name: &str) -> bool {
    kind_of(name).is_some_and(|(_, kind)| kind == Kind::Web)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_known_by_whole_segments() {
        let table = [
            ("sqlalchemy.orm.Session", Some(("sqlalchemy", Kind::Orm))),
            ("django.db.models", Some(("django.db", Kind::Orm))),
            ("django.http.Http404", Some(("django.http", Kind::Web))),
            ("django.utils.timezone.now", None),
            ("bson", Some(("bson", Kind::Driver))),
            ("bsonified", None),
            ("aiohttp.web.Request", Some(("aiohttp.web", Kind::Web))),
            ("aiohttp.ClientSession", Some(("aiohttp", Kind::Client))),
            ("dataclasses.dataclass", None),
            ("pydantic.BaseModel", None),
            ("kink.inject", None),
        ];
        for (name, expected) in table {
            assert_eq!(kind_of(name), expected, "{name}");
        }
    }

    #[test]
    fn no_library_is_listed_twice() {
        let mut all: Vec<&str> = LIBRARIES.iter().flat_map(|(_, list)| list.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
