//! The meaning of module names: vocabularies, segment by segment.

/// The segments of a module's name, including the first, since layers may be at the root of a project.
pub(super) fn segments(name: &str) -> impl Iterator<Item = &str> {
    name.split('.')
}

/// The last segment of a dotted name.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A module that knows the user's identity and permissions, by its name or a folder's: half request handling, half a
/// service of its own.
pub(super) fn guards(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "auth",
        "security",
        "permissions",
        "authentication",
        "authorization",
        "jwt",
        "oauth",
        "oauth2",
        "tokens",
        "guards",
    ];
    segments(name).any(|segment| WORDS.contains(&segment))
}

/// Whether a name is explicitly that of a domain: a folder or file named after it, not one that may contain rows or
/// schemas.
pub(super) fn is_explicit_domain(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "domain",
        "domains",
        "entities",
        "entity",
        "value_objects",
        "aggregates",
        "aggregate",
        "domain_services",
    ];
    segments(name).any(|segment| WORDS.contains(&segment))
}

/// Whether a folder explicitly names the presentation: its contents belong to its routes.
pub(super) fn is_explicit_presentation(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "controllers",
        "endpoints",
        "entrypoints",
        "http",
        "presentation",
        "rest",
        "rest_api",
        "routers",
        "routes",
        "ui",
        "views",
        "web",
    ];
    name.rsplit_once('.').is_some_and(|(folders, _)| segments(folders).any(|it| WORDS.contains(&it)))
}

/// A package that all features build on, by its name.
pub(super) fn is_ground(segment: &str) -> bool {
    const WORDS: [&str; 12] = [
        "building_blocks",
        "buildingblocks",
        "common",
        "core",
        "foundation",
        "kernel",
        "lib",
        "libs",
        "seedwork",
        "shared",
        "shared_kernel",
        "sharedkernel",
    ];
    WORDS.contains(&segment)
}

/// A folder for a context's access to the outside.
pub(super) fn is_infrastructure_folder(segment: &str) -> bool {
    matches!(
        segment,
        "adapter" | "adapters" | "infra" | "infrastructure" | "persistence" | "repositories" | "gateways"
    )
}

/// A script that fills or prepares a database: it may use whatever it needs, as the composition may.
pub(super) fn sets_up(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "seed",
        "seeds",
        "seeder",
        "seeders",
        "init_db",
        "init_data",
        "initial_data",
        "initialize",
        "populate",
        "fixtures",
        "manage",
        "pre_start",
        "prestart",
        "bootstrap",
    ];
    segments(name).any(|segment| {
        WORDS.contains(&segment) || segment.ends_with("_pre_start") || segment.starts_with("seed_")
    })
}

/// Whether a name is private by its underscore. `__init__` and the like are not, nor is `_` alone: that translates.
pub(super) fn is_private(name: &str) -> bool {
    name.starts_with('_')
        && !(name.starts_with("__") && name.ends_with("__"))
        && name.contains(|letter: char| letter != '_')
}

/// A part of the presentation by its name or a folder's, whatever the other folders around it are called:
/// `middleware/integrations/slack.py` is in front of routes, not behind services.
pub(super) fn presents(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "middleware",
        "middlewares",
        "controllers",
        "controller",
        "endpoints",
        "endpoint",
        "routers",
        "routes",
        "urls",
        "views",
        "api_gateway",
        "web",
    ];
    segments(name).any(|segment| WORDS.contains(&segment))
}

/// A module of error classes: it belongs to the code that raises them.
pub(super) fn holds_errors(name: &str) -> bool {
    let stem = stem(name);
    ["exception", "exceptions", "error", "errors", "exc"].contains(&stem)
        || ["_exception", "_exceptions", "_error", "_errors"].iter().any(|end| stem.ends_with(end))
}

/// A module for logging, tracing or metrics: every layer uses them.
pub(super) fn observes(name: &str) -> bool {
    let stem = stem(name);
    ["log", "logger", "logging", "logs", "metrics", "telemetry", "tracing"].contains(&stem)
}

/// A module of request and response schemas, data transfer objects and the like, by its name.
pub(super) fn holds_schemas(name: &str) -> bool {
    const WORDS: [&str; 18] = [
        "schema",
        "schemas",
        "serializer",
        "serializers",
        "dto",
        "dtos",
        "request",
        "requests",
        "response",
        "responses",
        "form",
        "forms",
        "types",
        "enums",
        "constants",
        "contracts",
        "payloads",
        "presenters",
    ];
    segments(name).any(|segment| {
        WORDS.contains(&segment)
            || [
                "_schema",
                "_schemas",
                "_dto",
                "_dtos",
                "_serializer",
                "_serializers",
                "_request",
                "_response",
            ]
            .iter()
            .any(|end| segment.ends_with(end))
    })
}

/// A module for storage, by its name: repositories, ORM models, sessions, caches.
pub(super) fn stores(name: &str) -> bool {
    const WORDS: [&str; 27] = [
        "repository",
        "repositories",
        "repos",
        "repo",
        "dao",
        "daos",
        "crud",
        "models",
        "model",
        "orm",
        "db",
        "database",
        "databases",
        "persistence",
        "tables",
        "entities",
        "session",
        "sessions",
        "storage",
        "queries",
        "sql",
        "unit_of_work",
        "cache",
        "caches",
        "redis",
        "key_value_store",
        "kv",
    ];
    segments(name).any(|segment| {
        WORDS.contains(&segment)
            || ["_repository", "_repositories", "_repo", "_dao", "_crud", "_model", "_models", "_orm"]
                .iter()
                .any(|end| segment.ends_with(end))
    })
}

/// A module of workers or tasks, by its name: a queue calls it, as requests call routes.
pub(crate) fn works_off(name: &str) -> bool {
    const WORDS: [&str; 9] =
        ["celery", "consumer", "consumers", "jobs", "task", "tasks", "taskiq", "worker", "workers"];
    segments(name).any(|segment| {
        WORDS.contains(&segment)
            || ["_consumer", "_job", "_task", "_tasks", "_worker"].iter().any(|end| segment.ends_with(end))
    })
}

/// A module of services or use cases, by its name.
pub(super) fn serves(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "service",
        "services",
        "service_layer",
        "usecase",
        "usecases",
        "use_case",
        "use_cases",
        "interactor",
        "interactors",
        "application",
    ];
    segments(name).any(|segment| WORDS.contains(&segment) || segment.ends_with("_service"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_segments_or_their_endings() {
        type Says = fn(&str) -> bool;
        let table: [(&str, Says, bool); 28] = [
            ("shop.infrastructure.logging", observes, true),
            ("shop.logging.shipments", observes, false),
            ("shop.errors", holds_errors, true),
            ("shop.payment_errors", holds_errors, true),
            ("shop.errors.http", holds_errors, false),
            ("schemas.order", holds_schemas, true),
            ("shop.order_schema", holds_schemas, true),
            ("shop.schematics", holds_schemas, false),
            ("shop.repositories.order", stores, true),
            ("shop.order_repository", stores, true),
            ("shop.cache", stores, true),
            ("shop.repositorium", stores, false),
            ("shop.services.order", serves, true),
            ("shop.order_service", serves, true),
            ("shop.servicing", serves, false),
            ("shop.auth.users", guards, true),
            ("shop.author", guards, false),
            ("shop.domain.order", is_explicit_domain, true),
            ("shop.models.order", is_explicit_domain, false),
            ("shop.tasks.parcels", works_off, true),
            ("shop.parcels_worker", works_off, true),
            ("shop.workers_council", works_off, false),
            ("shop.db.init_db", sets_up, true),
            ("shop.seed_orders", sets_up, true),
            ("shop.seedlings", sets_up, false),
            ("_ledger", is_private, true),
            ("__init__", is_private, false),
            ("_", is_private, false),
        ];
        for (name, says, expected) in table {
            assert_eq!(says(name), expected, "{name}");
        }
    }
}
