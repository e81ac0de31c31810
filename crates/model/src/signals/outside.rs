//! Which kinds of outside code a module uses: a table from import names to kinds.

use python::{Import, ImportKind, Imports, Name};

use super::table::lookup;
use crate::is_standard;

/// A kind of outside code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Outside {
    /// Web frameworks and what belongs to them.
    Web,
    /// Servers that run web applications.
    Server,
    /// Object-relational mappers and query builders.
    Orm,
    /// Drivers of databases, caches and search engines.
    Driver,
    /// HTTP clients.
    HttpClient,
    /// Brokers and their clients.
    Broker,
    /// Software kits of clouds and of services on the net; mail; remote shells.
    Service,
    /// Background tasks.
    Tasks,
    /// Dependency injection.
    Injection,
    /// Reading of settings.
    Settings,
    /// Command lines.
    CommandLine,
    /// Templates and rendered documents.
    Template,
    /// Validation and serialisation of data: pydantic, marshmallow.
    Schema,
    /// GraphQL servers.
    GraphQl,
    /// Passwords, tokens, signatures.
    Crypto,
    /// Files, archives and processes on this machine.
    Machine,
    /// Logging and monitoring.
    Monitoring,
    /// Test frameworks.
    Testing,
    /// Schema migrations.
    Migrations,
    /// Says nothing about a role: typing helpers, dates, numbers.
    Harmless,
}

/// A set of [`Outside`] kinds.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uses(u32);

impl Uses {
    /// Kinds that a domain may use without depending on a framework.
    pub const HARMLESS: Uses = Uses(1 << Outside::Schema as u32 | 1 << Outside::Harmless as u32);

    /// Kinds that reach other processes, other than through an ORM.
    pub const OUTWARD: Uses = Uses(
        1 << Outside::Driver as u32
            | 1 << Outside::HttpClient as u32
            | 1 << Outside::Broker as u32
            | 1 << Outside::Service as u32,
    );

    /// Whether `kind` is in it.
    pub const fn has(self, kind: Outside) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether any kind of `others` is in it.
    pub const fn has_any(self, others: Uses) -> bool {
        self.0 & others.0 != 0
    }

    /// What is left without the kinds of `others`.
    pub const fn without(self, others: Uses) -> Uses {
        Uses(self.0 & !others.0)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Puts `kind` in.
    pub const fn set(&mut self, kind: Outside) {
        self.0 |= 1 << kind as u32;
    }
}

impl std::fmt::Debug for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(ALL.into_iter().filter(|kind| self.has(*kind))).finish()
    }
}

const ALL: [Outside; 20] = [
    Outside::Web,
    Outside::Server,
    Outside::Orm,
    Outside::Driver,
    Outside::HttpClient,
    Outside::Broker,
    Outside::Service,
    Outside::Tasks,
    Outside::Injection,
    Outside::Settings,
    Outside::CommandLine,
    Outside::Template,
    Outside::Schema,
    Outside::GraphQl,
    Outside::Crypto,
    Outside::Machine,
    Outside::Monitoring,
    Outside::Testing,
    Outside::Migrations,
    Outside::Harmless,
];

/// The kinds that a module's imports belong to. What only type checkers import doesn't count.
pub(super) fn uses(imports: &Imports) -> Uses {
    let mut uses = Uses::default();
    for import in outside(imports) {
        if let Some(kind) = kind_of(import) {
            uses.set(kind);
        }
    }
    uses
}

/// First segments of absolute imports that no table knows and that are not Python's own; sorted.
pub(super) fn others(imports: &Imports) -> Box<[Name]> {
    let mut names: Vec<Name> = outside(imports)
        .filter(|import| kind_of(import).is_none())
        .filter_map(|import| import.module.split('.').next())
        .filter(|name| !name.is_empty() && !is_standard(name))
        .map(Name::from)
        .collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

fn outside(imports: &Imports) -> impl Iterator<Item = &Import> {
    imports.list.iter().filter(|import| import.level == 0 && !import.context.type_checking)
}

fn kind_of(import: &Import) -> Option<Outside> {
    match (&import.name, import.kind) {
        (Some(name), ImportKind::From) => lookup(KINDS, &format!("{}.{name}", import.module)),
        _ => lookup(KINDS, &import.module),
    }
}

/// Import names and what they are for. A row speaks for all below it; sorted.
const KINDS: &[(&str, Outside)] = &[
    ("MySQLdb", Outside::Driver),
    ("OpenSSL", Outside::Crypto),
    ("PIL", Outside::Machine),
    ("adlfs", Outside::Service),
    ("adrf", Outside::Web),
    ("aio_pika", Outside::Broker),
    ("aioboto3", Outside::Service),
    ("aiobotocore", Outside::Service),
    ("aiocache", Outside::Driver),
    ("aiofiles", Outside::Machine),
    ("aiogram", Outside::Web),
    ("aiohttp", Outside::HttpClient),
    ("aiohttp.web", Outside::Web),
    ("aiohttp_cors", Outside::Web),
    ("aiokafka", Outside::Broker),
    ("aiomcache", Outside::Driver),
    ("aiomysql", Outside::Driver),
    ("aiopg", Outside::Driver),
    ("aioredis", Outside::Driver),
    ("aioredlock", Outside::Driver),
    ("aiosmtplib", Outside::Service),
    ("aiosql", Outside::Driver),
    ("aiosqlite", Outside::Driver),
    ("alembic", Outside::Migrations),
    ("algoliasearch", Outside::Service),
    ("amqp", Outside::Broker),
    ("anthropic", Outside::Service),
    ("anyio", Outside::Harmless),
    ("apispec", Outside::Web),
    ("apscheduler", Outside::Tasks),
    ("argon2", Outside::Crypto),
    ("argparse", Outside::CommandLine),
    ("ariadne", Outside::GraphQl),
    ("arq", Outside::Tasks),
    ("arrow", Outside::Harmless),
    ("asgi_correlation_id", Outside::Web),
    ("asgiref", Outside::Web),
    ("asgiref.sync", Outside::Harmless),
    ("asyncpg", Outside::Driver),
    ("asyncpgsa", Outside::Driver),
    ("asyncpraw", Outside::Service),
    ("attr", Outside::Harmless),
    ("attrs", Outside::Harmless),
    ("authlib", Outside::Crypto),
    ("authlib.integrations.httpx_client", Outside::HttpClient),
    ("authlib.integrations.requests_client", Outside::HttpClient),
    ("authlib.integrations.starlette_client", Outside::Web),
    ("azure", Outside::Service),
    ("babel", Outside::Harmless),
    ("bcrypt", Outside::Crypto),
    ("beanie", Outside::Orm),
    ("billiard", Outside::Tasks),
    ("blinker", Outside::Harmless),
    ("boto", Outside::Service),
    ("boto3", Outside::Service),
    ("botocore", Outside::Service),
    ("bottle", Outside::Web),
    ("braintree", Outside::Service),
    ("bson", Outside::Driver),
    ("cachetools", Outside::Harmless),
    ("casbin", Outside::Harmless),
    ("cashews", Outside::Driver),
    ("cassandra", Outside::Driver),
    ("cattrs", Outside::Schema),
    ("celery", Outside::Tasks),
    ("channels", Outside::Web),
    ("cherrypy", Outside::Web),
    ("click", Outside::CommandLine),
    ("clickhouse_connect", Outside::Driver),
    ("clickhouse_driver", Outside::Driver),
    ("cohere", Outside::Service),
    ("colander", Outside::Schema),
    ("confluent_kafka", Outside::Broker),
    ("connexion", Outside::Web),
    ("consul", Outside::Service),
    ("corsheaders", Outside::Web),
    ("couchdb", Outside::Driver),
    ("crispy_forms", Outside::Web),
    ("cryptography", Outside::Crypto),
    ("cyclopts", Outside::CommandLine),
    ("dacite", Outside::Schema),
    ("databases", Outside::Driver),
    ("datadog", Outside::Monitoring),
    ("dateutil", Outside::Harmless),
    ("ddtrace", Outside::Monitoring),
    ("decouple", Outside::Settings),
    ("dependency_injector", Outside::Injection),
    ("dishka", Outside::Injection),
    ("django", Outside::Web),
    ("django.apps", Outside::Harmless),
    ("django.conf", Outside::Settings),
    ("django.contrib.auth.base_user", Outside::Orm),
    ("django.contrib.auth.hashers", Outside::Crypto),
    ("django.contrib.auth.models", Outside::Orm),
    ("django.contrib.contenttypes", Outside::Orm),
    ("django.contrib.gis.db", Outside::Orm),
    ("django.contrib.postgres", Outside::Orm),
    ("django.core", Outside::Harmless),
    ("django.core.asgi", Outside::Web),
    ("django.core.cache", Outside::Driver),
    ("django.core.files.storage", Outside::Machine),
    ("django.core.handlers", Outside::Web),
    ("django.core.mail", Outside::Service),
    ("django.core.management", Outside::CommandLine),
    ("django.core.paginator", Outside::Web),
    ("django.core.wsgi", Outside::Web),
    ("django.db", Outside::Orm),
    ("django.db.migrations", Outside::Migrations),
    ("django.dispatch", Outside::Harmless),
    ("django.test", Outside::Testing),
    ("django.utils", Outside::Harmless),
    ("django.utils.decorators", Outside::Web),
    ("django.utils.deprecation", Outside::Web),
    ("django_celery_beat", Outside::Tasks),
    ("django_filters", Outside::Web),
    ("django_redis", Outside::Driver),
    ("docker", Outside::Service),
    ("dogpile", Outside::Driver),
    ("dotenv", Outside::Settings),
    ("dramatiq", Outside::Tasks),
    ("drf_spectacular", Outside::Web),
    ("drf_yasg", Outside::Web),
    ("duckdb", Outside::Driver),
    ("dynaconf", Outside::Settings),
    ("edgedb", Outside::Driver),
    ("elastic_transport", Outside::Driver),
    ("elasticsearch", Outside::Driver),
    ("elasticsearch_dsl", Outside::Orm),
    ("email_validator", Outside::Harmless),
    ("emails", Outside::Service),
    ("environ", Outside::Settings),
    ("environs", Outside::Settings),
    ("etcd3", Outside::Service),
    ("factory", Outside::Testing),
    ("faker", Outside::Testing),
    ("falcon", Outside::Web),
    ("fastapi", Outside::Web),
    ("fastapi.encoders", Outside::Harmless),
    ("fastcrud", Outside::Orm),
    ("faststream", Outside::Broker),
    ("faunadb", Outside::Driver),
    ("faust", Outside::Broker),
    ("fire", Outside::CommandLine),
    ("firebase_admin", Outside::Service),
    ("flask", Outside::Web),
    ("flask.cli", Outside::CommandLine),
    ("flask_admin", Outside::Web),
    ("flask_appbuilder", Outside::Web),
    ("flask_appbuilder.models", Outside::Orm),
    ("flask_caching", Outside::Driver),
    ("flask_marshmallow", Outside::Schema),
    ("flask_migrate", Outside::Migrations),
    ("flask_mongoengine", Outside::Orm),
    ("flask_rest_jsonapi", Outside::Web),
    ("flask_script", Outside::CommandLine),
    ("flask_sqlalchemy", Outside::Orm),
    ("fsspec", Outside::Machine),
    ("ftplib", Outside::Service),
    ("gcloud", Outside::Service),
    ("geoalchemy2", Outside::Orm),
    ("geoip2", Outside::Service),
    ("gino", Outside::Orm),
    ("git", Outside::Service),
    ("github", Outside::Service),
    ("gitlab", Outside::Service),
    ("google.api_core", Outside::Service),
    ("google.auth", Outside::Service),
    ("google.cloud", Outside::Service),
    ("google.oauth2", Outside::Service),
    ("google.protobuf", Outside::Schema),
    ("google_auth_oauthlib", Outside::Service),
    ("googleapiclient", Outside::Service),
    ("graphene", Outside::GraphQl),
    ("graphene_django", Outside::GraphQl),
    ("graphql", Outside::GraphQl),
    ("grpc", Outside::HttpClient),
    ("grpclib", Outside::HttpClient),
    ("gspread", Outside::Service),
    ("gunicorn", Outside::Server),
    ("happybase", Outside::Driver),
    ("haystack", Outside::Driver),
    ("http.client", Outside::HttpClient),
    ("httplib2", Outside::HttpClient),
    ("httptools", Outside::Web),
    ("httpx", Outside::HttpClient),
    ("httpx_oauth", Outside::HttpClient),
    ("huey", Outside::Tasks),
    ("huggingface_hub", Outside::Service),
    ("hvac", Outside::Service),
    ("hypercorn", Outside::Server),
    ("imagekitio", Outside::Service),
    ("imaplib", Outside::Service),
    ("impyla", Outside::Driver),
    ("influxdb", Outside::Driver),
    ("influxdb_client", Outside::Driver),
    ("inject", Outside::Injection),
    ("injector", Outside::Injection),
    ("itsdangerous", Outside::Crypto),
    ("jinja2", Outside::Template),
    ("jira", Outside::Service),
    ("joblib", Outside::Machine),
    ("jose", Outside::Crypto),
    ("jwcrypto", Outside::Crypto),
    ("jwt", Outside::Crypto),
    ("kafka", Outside::Broker),
    ("kink", Outside::Injection),
    ("kombu", Outside::Broker),
    ("kubernetes", Outside::Service),
    ("lagom", Outside::Injection),
    ("langchain", Outside::Service),
    ("langchain_core", Outside::Service),
    ("langchain_openai", Outside::Service),
    ("ldap", Outside::Service),
    ("ldap3", Outside::Service),
    ("litellm", Outside::Service),
    ("litestar", Outside::Web),
    ("litestar.contrib.sqlalchemy", Outside::Orm),
    ("litestar.plugins.sqlalchemy", Outside::Orm),
    ("llama_index", Outside::Service),
    ("logbook", Outside::Monitoring),
    ("logfire", Outside::Monitoring),
    ("logging", Outside::Harmless),
    ("logging.config", Outside::Monitoring),
    ("loguru", Outside::Monitoring),
    ("mailchimp_marketing", Outside::Service),
    ("mako", Outside::Template),
    ("mangum", Outside::Web),
    ("mariadb", Outside::Driver),
    ("markdown", Outside::Template),
    ("marshmallow", Outside::Schema),
    ("marshmallow_jsonapi", Outside::Schema),
    ("marshmallow_sqlalchemy", Outside::Schema),
    ("meilisearch", Outside::Driver),
    ("memcache", Outside::Driver),
    ("minio", Outside::Service),
    ("mongoengine", Outside::Orm),
    ("mongomock", Outside::Driver),
    ("motor", Outside::Driver),
    ("msal", Outside::Service),
    ("msgspec", Outside::Schema),
    ("mutagen", Outside::Machine),
    ("mysql", Outside::Driver),
    ("nats", Outside::Broker),
    ("neo4j", Outside::Driver),
    ("neomodel", Outside::Orm),
    ("newrelic", Outside::Monitoring),
    ("ninja", Outside::Web),
    ("ninja_extra", Outside::Web),
    ("novu", Outside::Service),
    ("numpy", Outside::Harmless),
    ("oauthlib", Outside::Crypto),
    ("odmantic", Outside::Orm),
    ("openai", Outside::Service),
    ("opensearchpy", Outside::Driver),
    ("opentelemetry", Outside::Monitoring),
    ("oracledb", Outside::Driver),
    ("orjson", Outside::Harmless),
    ("ormar", Outside::Orm),
    ("packaging", Outside::Harmless),
    ("pagerduty", Outside::Service),
    ("paho", Outside::Broker),
    ("pandas", Outside::Harmless),
    ("paramiko", Outside::Service),
    ("passlib", Outside::Crypto),
    ("paypalrestsdk", Outside::Service),
    ("peewee", Outside::Orm),
    ("pendulum", Outside::Harmless),
    ("phonenumbers", Outside::Harmless),
    ("piccolo", Outside::Orm),
    ("pika", Outside::Broker),
    ("pinecone", Outside::Driver),
    ("plaid", Outside::Service),
    ("playhouse", Outside::Orm),
    ("pony", Outside::Orm),
    ("posthog", Outside::Service),
    ("prometheus_client", Outside::Monitoring),
    ("prometheus_fastapi_instrumentator", Outside::Monitoring),
    ("prompt_toolkit", Outside::CommandLine),
    ("psutil", Outside::Machine),
    ("psycopg", Outside::Driver),
    ("psycopg2", Outside::Driver),
    ("psycopg_pool", Outside::Driver),
    ("punq", Outside::Injection),
    ("pusher", Outside::Service),
    ("pydantic", Outside::Schema),
    ("pydantic.BaseSettings", Outside::Settings),
    ("pydantic_core", Outside::Schema),
    ("pydantic_extra_types", Outside::Schema),
    ("pydantic_settings", Outside::Settings),
    ("pydruid", Outside::Driver),
    ("pyfcm", Outside::Service),
    ("pyhive", Outside::Driver),
    ("pymemcache", Outside::Driver),
    ("pymongo", Outside::Driver),
    ("pymssql", Outside::Driver),
    ("pymysql", Outside::Driver),
    ("pynamodb", Outside::Orm),
    ("pyodbc", Outside::Driver),
    ("pypika", Outside::Orm),
    ("pyramid", Outside::Web),
    ("pysolr", Outside::Driver),
    ("pytest", Outside::Testing),
    ("pythonjsonlogger", Outside::Monitoring),
    ("pytz", Outside::Harmless),
    ("pywebpush", Outside::Service),
    ("qdrant_client", Outside::Driver),
    ("quart", Outside::Web),
    ("redis", Outside::Driver),
    ("redis_om", Outside::Orm),
    ("redlock", Outside::Driver),
    ("replicate", Outside::Service),
    ("requests", Outside::HttpClient),
    ("requests_oauthlib", Outside::HttpClient),
    ("rest_framework", Outside::Web),
    ("rest_framework_simplejwt", Outside::Web),
    ("rich", Outside::CommandLine),
    ("rodi", Outside::Injection),
    ("rq", Outside::Tasks),
    ("rq_scheduler", Outside::Tasks),
    ("s3fs", Outside::Service),
    ("saml2", Outside::Service),
    ("sanic", Outside::Web),
    ("schedule", Outside::Tasks),
    ("schemathesis", Outside::Testing),
    ("sendgrid", Outside::Service),
    ("sentence_transformers", Outside::Service),
    ("sentry_sdk", Outside::Monitoring),
    ("shapely", Outside::Harmless),
    ("simple_salesforce", Outside::Service),
    ("slack", Outside::Service),
    ("slack_bolt", Outside::Web),
    ("slack_sdk", Outside::Service),
    ("slowapi", Outside::Web),
    ("smtplib", Outside::Service),
    ("snowflake", Outside::Driver),
    ("socketio", Outside::Web),
    ("sparkpost", Outside::Service),
    ("spotipy", Outside::Service),
    ("spyne", Outside::Web),
    ("sqladmin", Outside::Web),
    ("sqlalchemy", Outside::Orm),
    ("sqlalchemy_utils", Outside::Orm),
    ("sqlite3", Outside::Driver),
    ("sqlmodel", Outside::Orm),
    ("sse_starlette", Outside::Web),
    ("starlette", Outside::Web),
    ("starlette.config", Outside::Settings),
    ("starlette_admin", Outside::Web),
    ("starlette_context", Outside::Web),
    ("statsd", Outside::Monitoring),
    ("storages", Outside::Service),
    ("strawberry", Outside::GraphQl),
    ("strawberry_django", Outside::GraphQl),
    ("stripe", Outside::Service),
    ("structlog", Outside::Monitoring),
    ("supabase", Outside::Driver),
    ("surrealdb", Outside::Driver),
    ("svix", Outside::Service),
    ("swagger_ui", Outside::Web),
    ("taskiq", Outside::Tasks),
    ("telegram", Outside::Web),
    ("telethon", Outside::Service),
    ("temporalio", Outside::Tasks),
    ("tenacity", Outside::Harmless),
    ("thrift", Outside::HttpClient),
    ("tinydb", Outside::Driver),
    ("tornado", Outside::Web),
    ("tortoise", Outside::Orm),
    ("toucan_connectors", Outside::Service),
    ("transitions", Outside::Harmless),
    ("trino", Outside::Driver),
    ("twilio", Outside::Service),
    ("txredisapi", Outside::Driver),
    ("typer", Outside::CommandLine),
    ("typesense", Outside::Driver),
    ("typing_extensions", Outside::Harmless),
    ("ulid", Outside::Harmless),
    ("umongo", Outside::Orm),
    ("urllib.request", Outside::HttpClient),
    ("urllib3", Outside::HttpClient),
    ("uvicorn", Outside::Server),
    ("uvloop", Outside::Harmless),
    ("vertica_python", Outside::Driver),
    ("waitress", Outside::Server),
    ("weaviate", Outside::Driver),
    ("webargs", Outside::Web),
    ("webauthn", Outside::Crypto),
    ("websocket", Outside::HttpClient),
    ("websockets", Outside::HttpClient),
    ("werkzeug", Outside::Web),
    ("werkzeug.security", Outside::Crypto),
    ("whitenoise", Outside::Web),
    ("whoosh", Outside::Driver),
    ("wtforms", Outside::Web),
    ("xmlrpc.client", Outside::HttpClient),
    ("yaml", Outside::Harmless),
    ("yarl", Outside::Harmless),
    ("zeep", Outside::HttpClient),
    ("zmq", Outside::Broker),
];

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert_sorted(KINDS);
    }

    #[test]
    fn kinds_of_dotted_names() {
        let kind = |dotted| lookup(KINDS, dotted);
        assert_eq!(kind("django.db.models"), Some(Outside::Orm));
        assert_eq!(kind("django.urls.path"), Some(Outside::Web));
        assert_eq!(kind("aiohttp.ClientSession"), Some(Outside::HttpClient));
        assert_eq!(kind("aiohttp.web.Application"), Some(Outside::Web));
        assert_eq!(kind("shop.domain"), None);
    }
}
