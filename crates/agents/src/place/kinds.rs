//! Kinds that can be placed: words for them, how siblings are recognized, and their layer.

use config::Layer;
use view::ClassKind;

/// A kind of class or module.
#[derive(Debug)]
pub(super) struct Kind {
    /// Words for it; the first is the most common one.
    pub(super) words: &'static [&'static str],
    /// Suffixes of its classes, the most common first.
    pub(super) suffixes: &'static [&'static str],
    /// The kinds of its classes, if names don't show it.
    pub(super) classes: &'static [ClassKind],
    pub(super) layer: Layer,
    /// Whether it is a class; otherwise a module of functions.
    pub(super) is_class: bool,
    /// Folders and files only for this kind.
    pub(super) folders: &'static [&'static str],
}

const fn class(
    words: &'static [&'static str],
    suffixes: &'static [&'static str],
    classes: &'static [ClassKind],
    layer: Layer,
    folders: &'static [&'static str],
) -> Kind {
    Kind { words, suffixes, classes, layer, is_class: true, folders }
}

/// All of them.
pub(super) static ALL: [Kind; 14] = [
    class(
        &["service", "application service"],
        &["Service"],
        &[ClassKind::Service],
        Layer::Application,
        &["services", "service_layer", "application"],
    ),
    class(
        &["use case", "interactor", "command handler", "query handler"],
        &["UseCase", "Interactor", "Handler", "Command", "Query"],
        &[ClassKind::Service],
        Layer::Application,
        &["use_cases", "usecases", "interactors", "application", "commands", "handlers"],
    ),
    class(
        &["repository", "repo", "dao"],
        &["Repository", "Repo", "Dao", "DAO", "Gateway"],
        &[ClassKind::Adapter],
        Layer::Infrastructure,
        &["repositories", "repository", "repos", "persistence", "infrastructure"],
    ),
    class(
        &["port", "interface", "protocol"],
        &["Port", "Repository", "Gateway", "Interface", "Protocol"],
        &[ClassKind::Port],
        Layer::Domain,
        &["ports", "interfaces", "protocols", "domain"],
    ),
    class(
        &["entity", "aggregate"],
        &[],
        &[ClassKind::Entity],
        Layer::Domain,
        &["entities", "domain", "model"],
    ),
    class(&["value object"], &[], &[ClassKind::ValueObject], Layer::Domain, &["value_objects", "domain"]),
    Kind {
        words: &["route", "router", "controller", "endpoint", "view", "api"],
        suffixes: &["Router", "Controller", "View", "ViewSet", "Resource"],
        classes: &[ClassKind::View],
        layer: Layer::Presentation,
        is_class: false,
        folders: &["routers", "routes", "api", "endpoints", "controllers", "views"],
    },
    class(
        &["schema", "dto", "serializer", "request", "response"],
        &[
            "Schema",
            "Serializer",
            "Dto",
            "DTO",
            "Request",
            "Response",
            "Out",
            "In",
            "Create",
            "Update",
            "Read",
        ],
        &[ClassKind::Schema],
        Layer::Presentation,
        &["schemas", "serializers", "dtos"],
    ),
    class(
        &["model", "table", "orm model", "row"],
        &["Model", "Table", "Orm", "ORM"],
        &[ClassKind::Row],
        Layer::Infrastructure,
        &["models", "tables", "orm"],
    ),
    class(
        &["client", "gateway", "adapter"],
        &["Client", "Gateway", "Adapter"],
        &[ClassKind::Adapter],
        Layer::Infrastructure,
        &["clients", "adapters", "gateways", "integrations"],
    ),
    class(
        &["event", "domain event", "message"],
        &["Event", "Message"],
        &[ClassKind::Message],
        Layer::Domain,
        &["events", "messages"],
    ),
    class(
        &["error", "exception"],
        &["Error", "Exception"],
        &[ClassKind::Exception],
        Layer::Domain,
        &["errors", "exceptions"],
    ),
    class(
        &["settings", "configuration"],
        &["Settings", "Config"],
        &[ClassKind::Settings],
        Layer::Config,
        &["config", "settings", "core"],
    ),
    Kind {
        words: &["task", "job", "worker"],
        suffixes: &["Task", "Job", "Worker"],
        classes: &[],
        layer: Layer::Application,
        is_class: false,
        folders: &["tasks", "jobs", "workers"],
    },
];

/// The kind for a word.
pub(super) fn by_word(word: &str) -> Option<&'static Kind> {
    let word = word.trim().to_lowercase().replace(['_', '-'], " ");
    let plain = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = plain.unwrap_or_else(|| word.strip_suffix('s').unwrap_or(&word).to_owned());
    ALL.iter().find(|kind| kind.words.iter().any(|known| *known == word || *known == singular))
}
