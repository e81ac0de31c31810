//! What names of folders, files and classes say about a layer.
//!
//! Names are how the field talks, so these are tables of the field's words, never of one project's. A word's weight is
//! how far it can be trusted alone; contents outweigh most of them.

use config::Layer::{self, Application, Composition, Config, Domain, Infrastructure, Presentation, Shared};

/// How a word among folder names works together with the folders around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    /// Names a layer outright: what lies deeper belongs to it, whatever it is called.
    Frame,
    /// Names a layer outright also inside the frame of an outer layer: `infrastructure/api`, `adapters/input`.
    Within,
    /// Names a kind of thing: the nearest counts most, and a frame around it outweighs it.
    Plain,
    /// Means one thing or another: what lies inside decides.
    Contents(Question),
}

/// What to ask the contents of a folder whose name leaves the layer open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// `domain`: free of frameworks?
    Pure,
    /// `models`: rows of tables, or data?
    Rows,
    /// `interfaces`: ports, or the way in?
    Ports,
    /// `handlers`: of requests, or of commands and events?
    Requests,
    /// `commands`: of a command line, or of use cases?
    CommandLine,
    /// `events`, `exceptions`: plain data of the domain?
    Data,
    /// `queries`: of a database, or use cases that only read?
    Reads,
}

/// A word among folder names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The layer it speaks for.
    pub(super) layer: Layer,
    /// In points.
    pub(super) weight: i32,
    /// How it works together with others.
    pub(super) grip: Grip,
}

/// The word that a folder's name is or ends in (`web_routes`, `billing_infrastructure`).
pub(super) fn folder_word(name: &str) -> Option<Word> {
    if let Some(word) = folder(name) {
        return Some(word);
    }
    let (_, tail) = name.rsplit_once('_')?;
    let word = folder(tail)?;
    let names_a_thing =
        !matches!(tail, "app" | "main" | "core" | "in" | "out" | "service" | "plugins" | "lib");
    names_a_thing.then_some(Word { weight: word.weight * 4 / 5, ..word })
}

fn folder(name: &str) -> Option<Word> {
    let index = FOLDERS.binary_search_by(|row| row.0.cmp(name)).ok()?;
    let (_, layer, weight, grip) = FOLDERS[index];
    Some(Word { layer, weight, grip })
}

/// A word among file names, and whether it outweighs the layer that a folder frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileWord {
    /// The layer it speaks for.
    pub(super) layer: Layer,
    /// In points.
    pub(super) weight: i32,
    /// Whether it holds in any folder: `main`, `settings`.
    pub(super) anywhere: bool,
}

/// The words that a file's stem is, ends in, or begins with.
pub(super) fn file_word(stem: &str) -> Option<FileWord> {
    if let Some(word) = file(stem) {
        return Some(word);
    }
    let mut tail = stem;
    while let Some((_, rest)) = tail.split_once('_') {
        if ENDINGS.contains(&rest)
            && let Some(word) = file(rest)
        {
            return Some(FileWord { weight: word.weight * 9 / 10, ..word });
        }
        tail = rest;
    }
    let (head, _) = stem.split_once('_')?;
    let word = file(head)
        .filter(|_| matches!(head, "crud" | "api" | "db" | "router" | "route" | "view" | "repo"))?;
    Some(FileWord { weight: word.weight * 2 / 3, anywhere: false, ..word })
}

fn file(stem: &str) -> Option<FileWord> {
    let index = FILES.binary_search_by(|row| row.0.cmp(stem)).ok()?;
    let (_, layer, weight, anywhere) = FILES[index];
    Some(FileWord { layer, weight, anywhere })
}

/// What the last word of a class' name says: layer and points.
pub(super) fn class_word(name: &str) -> Option<(Layer, i32)> {
    CLASSES
        .iter()
        .find(|(ending, ..)| name.len() > ending.len() && name.ends_with(ending))
        .map(|row| (row.1, row.2))
}

use Grip::{Contents, Frame, Plain, Within};

/// Words among folder names, lower case with underscores; sorted.
const FOLDERS: &[(&str, Layer, i32, Grip)] = &[
    ("actions", Application, 25, Plain),
    ("adapter", Infrastructure, 60, Frame),
    ("adapters", Infrastructure, 60, Frame),
    ("admin", Presentation, 35, Plain),
    ("aggregate", Domain, 50, Plain),
    ("aggregates", Domain, 50, Plain),
    ("api", Presentation, 55, Within),
    ("apis", Presentation, 55, Within),
    ("application", Application, 65, Frame),
    ("application_layer", Application, 65, Frame),
    ("application_services", Application, 60, Frame),
    ("aws", Infrastructure, 35, Plain),
    ("backends", Infrastructure, 30, Plain),
    ("blueprint", Presentation, 50, Within),
    ("blueprints", Presentation, 50, Within),
    ("bot", Presentation, 30, Plain),
    ("broker", Infrastructure, 40, Plain),
    ("brokers", Infrastructure, 40, Plain),
    ("building_blocks", Shared, 40, Plain),
    ("business", Application, 40, Plain),
    ("business_logic", Application, 45, Plain),
    ("cache", Infrastructure, 25, Plain),
    ("caching", Infrastructure, 25, Plain),
    ("cli", Presentation, 45, Within),
    ("client", Infrastructure, 30, Plain),
    ("clients", Infrastructure, 40, Plain),
    ("cmd", Presentation, 30, Plain),
    ("command", Application, 35, Contents(Question::CommandLine)),
    ("command_handlers", Application, 45, Plain),
    ("commands", Application, 35, Contents(Question::CommandLine)),
    ("common", Shared, 35, Plain),
    ("composition", Composition, 55, Within),
    ("composition_root", Composition, 60, Within),
    ("conf", Config, 45, Plain),
    ("config", Config, 45, Plain),
    ("configs", Config, 45, Plain),
    ("configuration", Config, 40, Plain),
    ("connectors", Infrastructure, 40, Plain),
    ("console", Presentation, 40, Within),
    ("consumer", Presentation, 35, Plain),
    ("consumers", Presentation, 35, Plain),
    ("container", Composition, 50, Within),
    ("containers", Composition, 50, Within),
    ("controller", Presentation, 50, Within),
    ("controllers", Presentation, 50, Within),
    ("crud", Infrastructure, 50, Plain),
    ("cruds", Infrastructure, 50, Plain),
    ("dal", Infrastructure, 50, Plain),
    ("dao", Infrastructure, 50, Plain),
    ("daos", Infrastructure, 50, Plain),
    ("data_access", Infrastructure, 50, Plain),
    ("database", Infrastructure, 50, Plain),
    ("databases", Infrastructure, 45, Plain),
    ("db", Infrastructure, 50, Plain),
    ("delivery", Presentation, 45, Plain),
    ("dependencies", Presentation, 35, Plain),
    ("dependency_injection", Composition, 60, Within),
    ("deps", Presentation, 35, Plain),
    ("di", Composition, 60, Within),
    ("domain", Domain, 65, Contents(Question::Pure)),
    ("domain_layer", Domain, 65, Contents(Question::Pure)),
    ("domain_model", Domain, 65, Contents(Question::Pure)),
    ("domains", Domain, 25, Plain),
    ("driven", Infrastructure, 55, Within),
    ("drivers", Infrastructure, 35, Plain),
    ("driving", Presentation, 55, Within),
    ("dto", Application, 30, Plain),
    ("dtos", Application, 30, Plain),
    ("email", Infrastructure, 25, Plain),
    ("emails", Infrastructure, 20, Plain),
    ("endpoint", Presentation, 50, Within),
    ("endpoints", Presentation, 50, Within),
    ("entities", Domain, 50, Contents(Question::Pure)),
    ("entity", Domain, 45, Contents(Question::Pure)),
    ("entry_points", Presentation, 70, Frame),
    ("entrypoint", Presentation, 70, Frame),
    ("entrypoints", Presentation, 70, Frame),
    ("enum", Domain, 15, Contents(Question::Data)),
    ("enums", Domain, 20, Contents(Question::Data)),
    ("event_handlers", Application, 40, Plain),
    ("events", Domain, 20, Contents(Question::Data)),
    ("external", Infrastructure, 40, Plain),
    ("fastapi", Presentation, 30, Plain),
    ("features", Application, 5, Plain),
    ("flask", Presentation, 30, Plain),
    ("forms", Presentation, 45, Plain),
    ("frameworks", Infrastructure, 40, Plain),
    ("gateway", Infrastructure, 45, Plain),
    ("gateways", Infrastructure, 50, Plain),
    ("gql", Presentation, 50, Within),
    ("graphql", Presentation, 50, Within),
    ("grpc", Presentation, 25, Plain),
    ("handler", Application, 30, Contents(Question::Requests)),
    ("handlers", Application, 30, Contents(Question::Requests)),
    ("helper", Shared, 35, Plain),
    ("helpers", Shared, 35, Plain),
    ("http", Presentation, 45, Within),
    ("inbound", Presentation, 55, Within),
    ("infra", Infrastructure, 65, Frame),
    ("infrastructure", Infrastructure, 65, Frame),
    ("infrastructures", Infrastructure, 65, Frame),
    ("injection", Composition, 50, Within),
    ("input", Presentation, 45, Within),
    ("integration", Infrastructure, 45, Plain),
    ("integrations", Infrastructure, 45, Frame),
    ("interactor", Application, 50, Frame),
    ("interactors", Application, 55, Frame),
    ("interface", Presentation, 40, Contents(Question::Ports)),
    ("interface_adapters", Infrastructure, 45, Plain),
    ("interfaces", Presentation, 40, Contents(Question::Ports)),
    ("ioc", Composition, 60, Within),
    ("jobs", Application, 30, Plain),
    ("kafka", Infrastructure, 40, Plain),
    ("kernel", Shared, 25, Plain),
    ("lib", Shared, 30, Plain),
    ("libs", Shared, 30, Plain),
    ("listeners", Application, 25, Plain),
    ("mail", Infrastructure, 25, Plain),
    ("main", Composition, 40, Plain),
    ("management", Presentation, 40, Plain),
    ("managers", Application, 20, Plain),
    ("mapper", Infrastructure, 30, Plain),
    ("mappers", Infrastructure, 30, Plain),
    ("mappings", Infrastructure, 35, Plain),
    ("messaging", Infrastructure, 30, Plain),
    ("middleware", Presentation, 45, Within),
    ("middlewares", Presentation, 45, Within),
    ("mixins", Shared, 10, Plain),
    ("model", Infrastructure, 35, Contents(Question::Rows)),
    ("models", Infrastructure, 35, Contents(Question::Rows)),
    ("mongo", Infrastructure, 45, Plain),
    ("mongodb", Infrastructure, 45, Plain),
    ("mutations", Presentation, 25, Plain),
    ("orm", Infrastructure, 55, Plain),
    ("outbound", Infrastructure, 55, Within),
    ("output", Infrastructure, 40, Within),
    ("permissions", Presentation, 20, Plain),
    ("persistence", Infrastructure, 60, Frame),
    ("pipelines", Application, 20, Plain),
    ("plugins", Infrastructure, 55, Frame),
    ("policies", Domain, 20, Plain),
    ("port", Domain, 45, Plain),
    ("ports", Domain, 50, Plain),
    ("postgres", Infrastructure, 45, Plain),
    ("postgresql", Infrastructure, 45, Plain),
    ("presentation", Presentation, 65, Frame),
    ("presentation_layer", Presentation, 65, Frame),
    ("presenters", Presentation, 45, Plain),
    ("primary", Presentation, 45, Within),
    ("provider", Infrastructure, 30, Plain),
    ("providers", Infrastructure, 35, Plain),
    ("queries", Application, 35, Contents(Question::Reads)),
    ("query_handlers", Application, 45, Plain),
    ("queue", Infrastructure, 25, Plain),
    ("queues", Infrastructure, 25, Plain),
    ("rabbitmq", Infrastructure, 40, Plain),
    ("redis", Infrastructure, 40, Plain),
    ("repo", Infrastructure, 50, Plain),
    ("repos", Infrastructure, 50, Plain),
    ("repositories", Infrastructure, 55, Plain),
    ("repository", Infrastructure, 55, Plain),
    ("request", Presentation, 35, Plain),
    ("requests", Presentation, 35, Plain),
    ("resolvers", Presentation, 40, Plain),
    ("resources", Presentation, 35, Plain),
    ("response", Presentation, 35, Plain),
    ("responses", Presentation, 35, Plain),
    ("rest", Presentation, 50, Within),
    ("rest_api", Presentation, 55, Within),
    ("route", Presentation, 50, Within),
    ("router", Presentation, 55, Within),
    ("routers", Presentation, 55, Within),
    ("routes", Presentation, 55, Within),
    ("rpc", Presentation, 30, Plain),
    ("s3", Infrastructure, 40, Plain),
    ("sagas", Application, 35, Plain),
    ("schedulers", Application, 25, Plain),
    ("schema", Presentation, 40, Plain),
    ("schemas", Presentation, 45, Plain),
    ("scripts", Composition, 35, Plain),
    ("secondary", Infrastructure, 45, Within),
    ("seedwork", Shared, 40, Plain),
    ("selectors", Application, 35, Plain),
    ("serializer", Presentation, 45, Plain),
    ("serializers", Presentation, 45, Plain),
    ("server", Presentation, 10, Plain),
    ("service", Application, 45, Plain),
    ("service_layer", Application, 60, Frame),
    ("services", Application, 50, Plain),
    ("settings", Config, 50, Plain),
    ("shared", Shared, 35, Plain),
    ("shared_kernel", Shared, 40, Plain),
    ("specifications", Domain, 35, Plain),
    ("sql", Infrastructure, 40, Plain),
    ("sqlalchemy", Infrastructure, 50, Plain),
    ("sqlite", Infrastructure, 45, Plain),
    ("storage", Infrastructure, 35, Plain),
    ("storages", Infrastructure, 40, Plain),
    ("stores", Infrastructure, 35, Plain),
    ("subscribers", Application, 20, Plain),
    ("tables", Infrastructure, 45, Plain),
    ("task", Application, 30, Plain),
    ("tasks", Application, 35, Plain),
    ("templatetags", Presentation, 50, Plain),
    ("third_party", Infrastructure, 35, Plain),
    ("tools", Shared, 15, Plain),
    ("types", Shared, 10, Plain),
    ("ui", Presentation, 40, Within),
    ("use_case", Application, 60, Frame),
    ("use_cases", Application, 60, Frame),
    ("usecase", Application, 60, Frame),
    ("usecases", Application, 60, Frame),
    ("util", Shared, 40, Plain),
    ("utilities", Shared, 40, Plain),
    ("utils", Shared, 40, Plain),
    ("validators", Presentation, 15, Plain),
    ("value_object", Domain, 55, Plain),
    ("value_objects", Domain, 55, Plain),
    ("valueobjects", Domain, 55, Plain),
    ("view", Presentation, 45, Within),
    ("viewmodels", Presentation, 45, Plain),
    ("views", Presentation, 50, Within),
    ("viewsets", Presentation, 55, Within),
    ("vo", Domain, 45, Plain),
    ("web", Presentation, 45, Within),
    ("web_api", Presentation, 55, Within),
    ("webhooks", Presentation, 25, Plain),
    ("websocket", Presentation, 40, Within),
    ("websockets", Presentation, 40, Within),
    ("worker", Application, 25, Plain),
    ("workers", Application, 25, Plain),
    ("workflows", Application, 30, Plain),
    ("ws", Presentation, 35, Within),
];

/// Words among file names, without `.py`; sorted. The last column: holds in any folder.
const FILES: &[(&str, Layer, i32, bool)] = &[
    ("__main__", Composition, 50, true),
    ("abstract", Domain, 10, false),
    ("adapter", Infrastructure, 40, false),
    ("adapters", Infrastructure, 40, false),
    ("admin", Presentation, 40, false),
    ("aggregate", Domain, 35, false),
    ("aggregates", Domain, 35, false),
    ("api", Presentation, 45, false),
    ("apps", Composition, 45, false),
    ("asgi", Composition, 60, true),
    ("authentication", Presentation, 10, false),
    ("backend", Infrastructure, 20, false),
    ("bootstrap", Composition, 55, true),
    ("broker", Infrastructure, 35, false),
    ("cache", Infrastructure, 20, false),
    ("celery", Composition, 30, false),
    ("celery_app", Composition, 45, true),
    ("cli", Presentation, 45, false),
    ("client", Infrastructure, 40, false),
    ("clients", Infrastructure, 40, false),
    ("commands", Application, 15, false),
    ("conf", Config, 40, true),
    ("config", Config, 50, true),
    ("configs", Config, 45, true),
    ("configuration", Config, 45, true),
    ("connection", Infrastructure, 35, false),
    ("connector", Infrastructure, 35, false),
    ("constants", Shared, 20, false),
    ("consumer", Presentation, 35, false),
    ("consumers", Presentation, 35, false),
    ("container", Composition, 60, true),
    ("containers", Composition, 60, true),
    ("controller", Presentation, 50, false),
    ("controllers", Presentation, 50, false),
    ("crud", Infrastructure, 45, false),
    ("cruds", Infrastructure, 45, false),
    ("dao", Infrastructure, 45, false),
    ("database", Infrastructure, 45, false),
    ("db", Infrastructure, 45, false),
    ("decorators", Presentation, 15, false),
    ("dependencies", Presentation, 35, false),
    ("dependency", Presentation, 20, false),
    ("deps", Presentation, 35, false),
    ("di", Composition, 60, true),
    ("dto", Application, 30, false),
    ("dtos", Application, 30, false),
    ("endpoint", Presentation, 50, false),
    ("endpoints", Presentation, 50, false),
    ("engine", Infrastructure, 15, false),
    ("entities", Domain, 45, false),
    ("entity", Domain, 45, false),
    ("enums", Domain, 25, false),
    ("event", Domain, 15, false),
    ("events", Domain, 15, false),
    ("extensions", Composition, 30, false),
    ("facade", Application, 30, false),
    ("factories", Application, 10, false),
    ("filters", Presentation, 20, false),
    ("flows", Application, 40, false),
    ("forms", Presentation, 45, false),
    ("gateway", Infrastructure, 45, false),
    ("gateways", Infrastructure, 45, false),
    ("handler", Application, 15, false),
    ("handlers", Application, 15, false),
    ("helpers", Shared, 30, false),
    ("injection", Composition, 45, true),
    ("interactor", Application, 45, false),
    ("interactors", Application, 45, false),
    ("interface", Domain, 20, false),
    ("interfaces", Domain, 20, false),
    ("ioc", Composition, 60, true),
    ("logger", Shared, 20, false),
    ("main", Composition, 50, true),
    ("manage", Composition, 50, true),
    ("managers", Infrastructure, 15, false),
    ("mapper", Infrastructure, 20, false),
    ("mappers", Infrastructure, 20, false),
    ("message_bus", Application, 35, false),
    ("messagebus", Application, 35, false),
    ("middleware", Presentation, 45, false),
    ("middlewares", Presentation, 45, false),
    ("model", Infrastructure, 15, false),
    ("models", Infrastructure, 20, false),
    ("mutations", Presentation, 25, false),
    ("orm", Infrastructure, 50, false),
    ("pagination", Presentation, 20, false),
    ("permissions", Presentation, 25, false),
    ("plugin", Infrastructure, 30, false),
    ("policies", Domain, 15, false),
    ("port", Domain, 35, false),
    ("ports", Domain, 40, false),
    ("presenter", Presentation, 40, false),
    ("presenters", Presentation, 40, false),
    ("processor", Application, 20, false),
    ("provider", Infrastructure, 20, false),
    ("providers", Infrastructure, 15, false),
    ("queries", Application, 15, false),
    ("query", Application, 10, false),
    ("receivers", Application, 35, false),
    ("redis", Infrastructure, 25, false),
    ("repo", Infrastructure, 50, false),
    ("repositories", Infrastructure, 50, false),
    ("repository", Infrastructure, 50, false),
    ("request", Presentation, 25, false),
    ("requests", Presentation, 25, false),
    ("resolver", Presentation, 25, false),
    ("resolvers", Presentation, 30, false),
    ("resource", Presentation, 25, false),
    ("resources", Presentation, 25, false),
    ("response", Presentation, 25, false),
    ("responses", Presentation, 25, false),
    ("route", Presentation, 55, false),
    ("router", Presentation, 55, false),
    ("routers", Presentation, 55, false),
    ("routes", Presentation, 55, false),
    ("rules", Domain, 25, false),
    ("scheduled", Application, 35, false),
    ("scheduler", Application, 25, false),
    ("schema", Presentation, 40, false),
    ("schemas", Presentation, 45, false),
    ("security", Shared, 10, false),
    ("selectors", Application, 35, false),
    ("serializer", Presentation, 45, false),
    ("serializers", Presentation, 45, false),
    ("server", Composition, 35, false),
    ("service", Application, 50, false),
    ("services", Application, 50, false),
    ("session", Infrastructure, 35, false),
    ("settings", Config, 55, true),
    ("setup", Composition, 15, false),
    ("signals", Application, 30, false),
    ("storage", Infrastructure, 35, false),
    ("store", Infrastructure, 25, false),
    ("subscriptions", Presentation, 10, false),
    ("tables", Infrastructure, 45, false),
    ("tasks", Application, 40, false),
    ("types", Shared, 10, false),
    ("unit_of_work", Infrastructure, 30, false),
    ("uow", Infrastructure, 30, false),
    ("urls", Presentation, 55, false),
    ("use_case", Application, 50, false),
    ("use_cases", Application, 50, false),
    ("usecase", Application, 50, false),
    ("usecases", Application, 50, false),
    ("util", Shared, 30, false),
    ("utils", Shared, 35, false),
    ("value_object", Domain, 50, false),
    ("value_objects", Domain, 50, false),
    ("view", Presentation, 45, false),
    ("views", Presentation, 45, false),
    ("viewsets", Presentation, 55, false),
    ("web", Presentation, 30, false),
    ("worker", Application, 20, false),
    ("workflows", Application, 30, false),
    ("wsgi", Composition, 60, true),
];

/// Words that also count as the end of a longer file name: kinds of things. `grant_admin` is no admin page, and
/// `requests_session` no database session.
const ENDINGS: &[&str] = &[
    "adapter",
    "adapters",
    "api",
    "broker",
    "client",
    "clients",
    "config",
    "configs",
    "connector",
    "consumer",
    "consumers",
    "container",
    "containers",
    "controller",
    "controllers",
    "crud",
    "cruds",
    "dao",
    "database",
    "db",
    "dependencies",
    "deps",
    "dto",
    "dtos",
    "endpoint",
    "endpoints",
    "entities",
    "entity",
    "enums",
    "facade",
    "flows",
    "forms",
    "gateway",
    "gateways",
    "handler",
    "handlers",
    "helpers",
    "interactor",
    "interactors",
    "ioc",
    "mapper",
    "mappers",
    "middleware",
    "middlewares",
    "models",
    "orm",
    "plugin",
    "port",
    "ports",
    "presenter",
    "presenters",
    "provider",
    "providers",
    "receivers",
    "repo",
    "repositories",
    "repository",
    "resolver",
    "resolvers",
    "route",
    "router",
    "routers",
    "routes",
    "schema",
    "schemas",
    "selectors",
    "serializer",
    "serializers",
    "service",
    "services",
    "settings",
    "storage",
    "tables",
    "tasks",
    "unit_of_work",
    "uow",
    "urls",
    "use_case",
    "use_cases",
    "usecase",
    "usecases",
    "util",
    "utils",
    "view",
    "views",
    "viewsets",
    "worker",
    "workflows",
];

/// Last words of class names; a longer ending stands before a shorter one that it contains.
const CLASSES: &[(&str, Layer, i32)] = &[
    ("UnitOfWork", Infrastructure, 25),
    ("Repository", Infrastructure, 40),
    ("Repo", Infrastructure, 40),
    ("Dao", Infrastructure, 40),
    ("DAO", Infrastructure, 40),
    ("Gateway", Infrastructure, 35),
    ("Client", Infrastructure, 30),
    ("Adapter", Infrastructure, 30),
    ("Storage", Infrastructure, 20),
    ("Mapper", Infrastructure, 15),
    ("UseCase", Application, 45),
    ("Usecase", Application, 45),
    ("Interactor", Application, 45),
    ("CommandHandler", Application, 40),
    ("QueryHandler", Application, 40),
    ("EventHandler", Application, 30),
    ("AppService", Application, 40),
    ("Service", Application, 40),
    ("ViewSet", Presentation, 45),
    ("APIView", Presentation, 45),
    ("Controller", Presentation, 35),
    ("Serializer", Presentation, 40),
    ("Schema", Presentation, 30),
    ("Request", Presentation, 20),
    ("Response", Presentation, 20),
    ("Resource", Presentation, 20),
    ("Endpoint", Presentation, 30),
    ("Presenter", Presentation, 30),
    ("Middleware", Presentation, 35),
    ("Form", Presentation, 30),
    ("View", Presentation, 30),
    ("Settings", Config, 40),
    ("Config", Config, 20),
    ("ValueObject", Domain, 30),
    ("AggregateRoot", Domain, 35),
    ("Aggregate", Domain, 35),
    ("Entity", Domain, 30),
    ("DTO", Application, 25),
    ("Dto", Application, 25),
    ("Container", Composition, 25),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for pair in FOLDERS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        for pair in FILES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn words_at_either_end_of_a_name() {
        for (stem, layer) in [
            ("order_repository", Some(Infrastructure)),
            ("create_order_use_case", Some(Application)),
            ("crud_posts", Some(Infrastructure)),
            ("user_api", Some(Presentation)),
            ("order", None),
            ("apiary", None),
        ] {
            assert_eq!(file_word(stem).map(|word| word.layer), layer, "{stem}");
        }
        assert_eq!(folder_word("billing_infrastructure").map(|word| word.layer), Some(Infrastructure));
        assert_eq!(folder_word("user_service").map(|word| word.layer), None);
    }
}
