//! Libraries that couple the importing code to a technology, and their kinds.

/// The technology that a library couples to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Serves HTTP.
    Web,
    /// Maps objects to tables.
    Orm,
    /// Talks to one kind of database.
    Driver,
    /// Calls other services over HTTP or RPC.
    Client,
    /// Sends messages and runs tasks.
    Broker,
    /// Talks to one cloud.
    Cloud,
}

impl Kind {
    /// The name used in options.
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

    /// A description with an article.
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

/// The technology that a library of this kind couples to, if any.
const fn technology(kind: libraries::Kind) -> Option<Kind> {
    Some(match kind {
        libraries::Kind::Web | libraries::Kind::GraphQl => Kind::Web,
        libraries::Kind::Orm | libraries::Kind::Migrations => Kind::Orm,
        libraries::Kind::Driver => Kind::Driver,
        libraries::Kind::Client | libraries::Kind::Mail => Kind::Client,
        libraries::Kind::Broker | libraries::Kind::Tasks => Kind::Broker,
        libraries::Kind::Cloud => Kind::Cloud,
        _ => return None,
    })
}

/// The library that `name` (by full name: `sqlalchemy.orm.Session`) belongs to, and its kind.
pub fn kind_of(name: &str) -> Option<(&'static str, Kind)> {
    let found = libraries::kinds_around(name).find_map(|(module, kind)| Some((module, technology(kind)?)));
    // The standard library's names of status codes are not a framework.
    found.filter(|(module, kind)| {
        *kind != Kind::Web || !model::is_standard(module.split('.').next().unwrap_or(module))
    })
}

pub use libraries::is_of;

/// Whether something outside the project is part of a web framework.
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
            ("duckdb.connect", Some(("duckdb", Kind::Driver))),
            ("fastapi.encoders.jsonable_encoder", Some(("fastapi", Kind::Web))),
            ("django.contrib.admin.site", None),
            ("django.conf.settings", None),
            ("asgiref.sync.async_to_sync", None),
            ("http.HTTPStatus", None),
            ("smtplib.SMTP", Some(("smtplib", Kind::Client))),
        ];
        for (name, expected) in table {
            assert_eq!(kind_of(name), expected, "{name}");
        }
    }
}
