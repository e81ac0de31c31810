//! Collaborators of libraries, by the full name of the class or of the function that makes one.

use super::Role;

/// Classes and functions that make an instance, by full name; sorted. Modules are spelled as `model::canonical` does.
const NAMES: &[(&str, Role)] = &[
    ("aio_pika.connect", Role::Broker),
    ("aio_pika.connect_robust", Role::Broker),
    ("aioboto3.Session", Role::Client),
    ("aiohttp.ClientSession", Role::Client),
    ("aiokafka.AIOKafkaConsumer", Role::Broker),
    ("aiokafka.AIOKafkaProducer", Role::Broker),
    ("aiomysql.connect", Role::Session),
    ("aiomysql.create_pool", Role::Session),
    ("aiopg.connect", Role::Session),
    ("aiopg.create_pool", Role::Session),
    ("aioredis.from_url", Role::Cache),
    ("aiosmtplib.SMTP", Role::Client),
    ("aiosqlite.connect", Role::Session),
    ("anthropic.Anthropic", Role::Client),
    ("anthropic.AsyncAnthropic", Role::Client),
    ("asyncpg.connect", Role::Session),
    ("asyncpg.create_pool", Role::Session),
    ("boto3.Session", Role::Client),
    ("boto3.client", Role::Client),
    ("boto3.resource", Role::Client),
    ("boto3.session.Session", Role::Client),
    ("confluent_kafka.Consumer", Role::Broker),
    ("confluent_kafka.Producer", Role::Broker),
    ("elasticsearch.AsyncElasticsearch", Role::Client),
    ("elasticsearch.Elasticsearch", Role::Client),
    ("grpc.aio.insecure_channel", Role::Client),
    ("grpc.insecure_channel", Role::Client),
    ("grpc.secure_channel", Role::Client),
    ("httpx.AsyncClient", Role::Client),
    ("httpx.Client", Role::Client),
    ("kafka.KafkaConsumer", Role::Broker),
    ("kafka.KafkaProducer", Role::Broker),
    ("kombu.Connection", Role::Broker),
    ("meilisearch.Client", Role::Client),
    ("minio.Minio", Role::Client),
    ("motor.motor_asyncio.AsyncIOMotorClient", Role::Session),
    ("nats.connect", Role::Broker),
    ("neo4j.AsyncGraphDatabase.driver", Role::Session),
    ("neo4j.GraphDatabase.driver", Role::Session),
    ("openai.AsyncOpenAI", Role::Client),
    ("openai.OpenAI", Role::Client),
    ("opensearchpy.OpenSearch", Role::Client),
    ("pika.BlockingConnection", Role::Broker),
    ("psycopg.connect", Role::Session),
    ("psycopg2.connect", Role::Session),
    ("pymongo.AsyncMongoClient", Role::Session),
    ("pymongo.MongoClient", Role::Session),
    ("pymysql.connect", Role::Session),
    ("qdrant_client.AsyncQdrantClient", Role::Client),
    ("qdrant_client.QdrantClient", Role::Client),
    ("redis.Redis", Role::Cache),
    ("redis.StrictRedis", Role::Cache),
    ("redis.asyncio.Redis", Role::Cache),
    ("redis.asyncio.from_url", Role::Cache),
    ("redis.asyncio.redis.Redis", Role::Cache),
    ("redis.client.Redis", Role::Cache),
    ("redis.from_url", Role::Cache),
    ("requests.Session", Role::Client),
    ("requests.session", Role::Client),
    ("requests.sessions.Session", Role::Client),
    ("sendgrid.SendGridAPIClient", Role::Client),
    ("slack_sdk.WebClient", Role::Client),
    ("slack_sdk.web.async_client.AsyncWebClient", Role::Client),
    ("smtplib.SMTP", Role::Client),
    ("smtplib.SMTP_SSL", Role::Client),
    ("sqlalchemy.Engine", Role::Session),
    ("sqlalchemy.create_engine", Role::Session),
    ("sqlalchemy.ext.asyncio.AsyncEngine", Role::Session),
    ("sqlalchemy.ext.asyncio.AsyncSession", Role::Session),
    ("sqlalchemy.ext.asyncio.async_scoped_session", Role::Session),
    ("sqlalchemy.ext.asyncio.async_sessionmaker", Role::Session),
    ("sqlalchemy.ext.asyncio.create_async_engine", Role::Session),
    ("sqlalchemy.orm.Session", Role::Session),
    ("sqlalchemy.orm.scoped_session", Role::Session),
    ("sqlalchemy.orm.sessionmaker", Role::Session),
    ("sqlite3.connect", Role::Session),
    ("sqlmodel.Session", Role::Session),
    ("sqlmodel.create_engine", Role::Session),
    ("sqlmodel.ext.asyncio.session.AsyncSession", Role::Session),
    ("stripe.StripeClient", Role::Client),
    ("supabase.create_client", Role::Client),
    ("twilio.rest.Client", Role::Client),
];

/// Packages all of whose classes with such an ending are collaborators: clouds offer hundreds.
const FAMILIES: &[(&str, &str, Role)] = &[
    ("azure.", "Client", Role::Client),
    ("google.cloud.", "Client", Role::Client),
    ("mypy_boto3_", "Client", Role::Client),
    ("types_aiobotocore_", "Client", Role::Client),
    ("zeep.", "Client", Role::Client),
];

/// Bases of settings.
const SETTINGS: &[&str] =
    &["pydantic.BaseSettings", "pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings"];

/// What the class or the maker with this full name is.
pub fn of_library(full: &str) -> Option<Role> {
    if let Ok(index) = NAMES.binary_search_by_key(&full, |(name, _)| name) {
        return Some(NAMES[index].1);
    }
    let family = FAMILIES.iter().find(|(start, end, _)| full.starts_with(start) && full.ends_with(end));
    family.map(|(_, _, role)| *role)
}

/// Whether descending from this makes a class one of settings.
pub(crate) fn is_settings_base(full: &str) -> bool {
    SETTINGS.contains(&full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_spelled_as_elsewhere() {
        assert!(NAMES.is_sorted_by(|(a, _), (b, _)| a < b));
        for (name, _) in NAMES {
            assert_eq!(model::canonical(name), *name);
        }
    }

    #[test]
    fn libraries() {
        let table = [
            ("httpx.AsyncClient", Some(Role::Client)),
            ("httpx.Timeout", None),
            ("google.cloud.storage.Client", Some(Role::Client)),
            ("google.cloud.storage.Bucket", None),
            ("collections.Counter", None),
            ("sqlalchemy.orm.Session", Some(Role::Session)),
        ];
        for (full, expected) in table {
            assert_eq!(of_library(full), expected, "{full}");
        }
    }
}
