//! Services that programs access over the network: how URLs, images and clients refer to them.

/// The purpose of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backing {
    /// Stores data.
    Store,
    /// Transports messages.
    Queue,
}

/// A kind of service.
#[derive(Debug, Clone, Copy)]
pub struct Technology {
    /// Its name.
    pub name: &'static str,
    /// Its purpose.
    pub backing: Backing,
    /// URL schemes, without the part after `+`.
    pub schemes: &'static [&'static str],
    /// Last segments of the names of container images.
    pub images: &'static [&'static str],
    /// Python client modules that access nothing else; applies to everything below.
    pub clients: &'static [&'static str],
}

const fn store(
    name: &'static str,
    schemes: &'static [&'static str],
    images: &'static [&'static str],
    clients: &'static [&'static str],
) -> Technology {
    Technology { name, backing: Backing::Store, schemes, images, clients }
}

const fn queue(
    name: &'static str,
    schemes: &'static [&'static str],
    images: &'static [&'static str],
    clients: &'static [&'static str],
) -> Technology {
    Technology { name, backing: Backing::Queue, schemes, images, clients }
}

/// All known services.
static ALL: &[Technology] = &[
    store(
        "PostgreSQL",
        &["postgresql", "postgres", "postgis", "psql"],
        &["postgres", "postgresql", "postgis", "timescaledb", "pgvector", "alloydb", "cloudnative-pg"],
        &["asyncpg", "psycopg", "psycopg2", "aiopg", "pg8000"],
    ),
    store(
        "MySQL",
        &["mysql", "mariadb"],
        &["mysql", "mariadb", "percona", "mysql-server"],
        &["pymysql", "aiomysql", "MySQLdb", "asyncmy"],
    ),
    store("MongoDB", &["mongodb"], &["mongo", "mongodb"], &["pymongo", "motor", "beanie", "mongoengine"]),
    store(
        "Redis",
        &["redis", "rediss", "valkey"],
        &["redis", "redis-stack", "redis-stack-server", "valkey", "keydb", "dragonfly"],
        &["redis", "aioredis", "valkey"],
    ),
    store("Memcached", &["memcached"], &["memcached"], &["pymemcache", "aiomcache", "pylibmc"]),
    store(
        "ClickHouse",
        &["clickhouse"],
        &["clickhouse-server", "clickhouse"],
        &["clickhouse_connect", "clickhouse_driver"],
    ),
    store("Elasticsearch", &["elasticsearch"], &["elasticsearch"], &["elasticsearch", "elasticsearch_dsl"]),
    store("OpenSearch", &["opensearch"], &["opensearch"], &["opensearchpy"]),
    store("S3", &["s3"], &["minio", "localstack"], &["minio"]),
    queue("RabbitMQ", &["amqp", "amqps", "pyamqp"], &["rabbitmq"], &["pika", "aio_pika"]),
    queue("Kafka", &["kafka"], &["kafka", "cp-kafka", "redpanda"], &["aiokafka", "confluent_kafka", "kafka"]),
    queue("NATS", &["nats"], &["nats", "nats-server"], &["nats"]),
    queue("MQTT", &["mqtt", "mqtts"], &["eclipse-mosquitto", "mosquitto"], &["paho", "aiomqtt"]),
];

/// Images of programs that speak the protocol of another one, and have versions of their own.
static FORKS: &[(&str, &str)] = &[
    ("mariadb", "MariaDB"),
    ("percona", "Percona Server"),
    ("timescaledb", "TimescaleDB"),
    ("alloydb", "AlloyDB"),
    ("valkey", "Valkey"),
    ("keydb", "KeyDB"),
    ("dragonfly", "Dragonfly"),
    ("minio", "MinIO"),
    ("localstack", "LocalStack"),
    ("redpanda", "Redpanda"),
];

/// The name of a container image, without registry and version.
fn image_name(image: &str) -> String {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split([':', '@']).next().unwrap_or(last).to_ascii_lowercase()
}

impl Technology {
    /// The name of the program in a container image of this kind: `MariaDB`, which speaks the protocol of `MySQL`.
    pub fn program(&self, image: &str) -> &'static str {
        let name = image_name(image);
        FORKS.iter().find(|(fork, _)| *fork == name).map_or(self.name, |(_, program)| program)
    }

    /// The kind of service behind URLs with this scheme: `postgresql+asyncpg`.
    pub fn of_scheme(scheme: &str) -> Option<&'static Self> {
        let scheme = scheme.split('+').next().unwrap_or(scheme).to_ascii_lowercase();
        ALL.iter().find(|it| it.schemes.contains(&scheme.as_str()))
    }

    /// The kind of service that a container image runs: `docker.io/library/postgres:16-alpine`.
    pub fn of_image(image: &str) -> Option<&'static Self> {
        let name = image_name(image);
        ALL.iter().find(|it| it.images.contains(&name.as_str()))
    }

    /// The kind of service that a Python module is a client of.
    pub fn of_import(module: &str) -> Option<&'static Self> {
        let first = module.split('.').next().unwrap_or(module);
        ALL.iter().find(|it| it.clients.contains(&first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_images_and_clients_name_the_same() {
        let name = |found: Option<&'static Technology>| found.map(|it| it.name);
        assert_eq!(name(Technology::of_scheme("postgresql+asyncpg")), Some("PostgreSQL"));
        assert_eq!(name(Technology::of_image("ghcr.io/x/postgis:16@sha256:0")), Some("PostgreSQL"));
        assert_eq!(name(Technology::of_import("psycopg.rows")), Some("PostgreSQL"));
        assert_eq!(name(Technology::of_scheme("https")), None);
        assert_eq!(name(Technology::of_image("redis-commander")), None);
        let program = |image: &str| Technology::of_image(image).map(|it| it.program(image));
        assert_eq!(program("docker.io/library/mariadb:12"), Some("MariaDB"));
        assert_eq!(program("mysql:9"), Some("MySQL"));
    }
}
