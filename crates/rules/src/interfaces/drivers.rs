//! Library classes that connect to something outside the process: connections, clients, sessions, brokers.

use view::collaborators::of_library;
use view::frameworks::{Kind, kind_of};

/// Suffixes of the names of such classes. Results, errors and identifiers of the same libraries are values.
const ENDS: [&str; 17] = [
    "Client",
    "Connection",
    "Pool",
    "Session",
    "Cursor",
    "Producer",
    "Consumer",
    "Broker",
    "Redis",
    "Database",
    "Collection",
    "Channel",
    "Driver",
    "Stub",
    "Resource",
    "Cluster",
    "Bucket",
];
/// Those with other names.
const OTHERS: [&str; 10] = [
    "Elasticsearch",
    "AsyncElasticsearch",
    "OpenSearch",
    "AsyncOpenSearch",
    "Celery",
    "Minio",
    "SMTP",
    "SMTP_SSL",
    "Engine",
    "AsyncEngine",
];

/// What an instance of a library class gives access to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handle {
    /// A session or connection of an ORM.
    Session,
    /// A database, a client, a broker, a cloud.
    Outside,
}

/// What an instance of the class `full` gives access to; `None` for values, errors and libraries that stay inside the
/// process.
pub(super) fn handle(full: &str) -> Option<Handle> {
    let kind = kind_of(full).map(|(_, kind)| kind);
    let last = full.rsplit('.').next().unwrap_or(full);
    let is_called_so = OTHERS.contains(&last) || ENDS.iter().any(|end| last.ends_with(end));
    match kind {
        Some(Kind::Web) => None,
        Some(Kind::Orm) => is_called_so.then_some(Handle::Session),
        Some(_) if is_called_so => Some(Handle::Outside),
        _ => of_library(full).map(|_| Handle::Outside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_told_from_values() {
        let table = [
            ("pymongo.database.Database", Some(Handle::Outside)),
            ("pymongo.results.InsertOneResult", None),
            ("bson.objectid.ObjectId", None),
            ("redis.asyncio.Redis", Some(Handle::Outside)),
            ("httpx.AsyncClient", Some(Handle::Outside)),
            ("httpx.Response", None),
            ("sqlalchemy.orm.Session", Some(Handle::Session)),
            ("sqlalchemy.ext.asyncio.AsyncSession", Some(Handle::Session)),
            ("sqlalchemy.Column", None),
            ("mypy_boto3_s3.client.S3Client", Some(Handle::Outside)),
            ("stripe.StripeClient", Some(Handle::Outside)),
            ("smtplib.SMTP", Some(Handle::Outside)),
            ("fastapi.testclient.TestClient", None),
            ("logging.Logger", None),
            ("shop.clients.OrderClient", None),
        ];
        for (name, expected) in table {
            assert_eq!(handle(name), expected, "{name}");
        }
    }
}
