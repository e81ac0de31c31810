//! What an imported module is, where its layer alone doesn't say it.

use config::Layer;
use model::{ModuleId, Target, Technology, Verdict};

use super::frameworks::{Kind, kind_of};
use crate::{Context, ImportView};

/// The layer of a module, where it is known well enough to blame somebody for importing it: also without the
/// technologies that it may use by mistake.
pub(super) fn sure<'a>(cx: &'a Context<'_>, id: ModuleId) -> Option<&'a Verdict> {
    let verdict = cx.verdict(id).filter(|verdict| verdict.speaks())?;
    let agrees = |technology| {
        let apart = cx.architecture.layers.apart_from(id, technology);
        apart.is_none_or(|apart| apart.layer == verdict.layer)
    };
    (agrees(Technology::Http) && agrees(Technology::Outside)).then_some(verdict)
}

/// The layer that a module's place and contents ask for, leaving out that it uses `technology`.
pub(super) fn at_heart<'a>(cx: &'a Context<'_>, id: ModuleId, technology: Technology) -> Option<&'a Verdict> {
    cx.architecture.layers.apart_from(id, technology).filter(|verdict| verdict.speaks())
}

/// `shop.db is infrastructure: lies in a folder named "db", defines ORM models`
pub(super) fn because(cx: &Context<'_>, id: ModuleId, verdict: &Verdict) -> String {
    let reasons: Vec<&str> = verdict
        .evidence
        .iter()
        .filter(|evidence| evidence.layer == verdict.layer)
        .take(2)
        .map(|evidence| evidence.reason.as_str())
        .collect();
    let name = cx.module_name(id);
    match &reasons[..] {
        [] => format!("{name} is {}", verdict.layer),
        _ => format!("{name} is {}: {}", verdict.layer, reasons.join(", ")),
    }
}

/// The module that really defines what is imported.
pub(super) fn origin(item: &ImportView<'_>) -> Option<ModuleId> {
    match &item.resolved.target {
        Target::Module(id) => Some(*id),
        Target::Symbol { origin, .. } => Some(*origin),
        _ => None,
    }
}

/// The segments of a module's name below its root package.
pub(super) fn segments(name: &str) -> impl Iterator<Item = &str> {
    name.split('.').skip(usize::from(name.contains('.')))
}

/// The last segment of a dotted name.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A module that knows who the user is and what they may do: half request handling, half a service of its own.
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
    WORDS.contains(&stem(name))
}

/// Whether a name is private by its underscore. `__init__` and its like are not.
pub(super) fn is_private(name: &str) -> bool {
    name.starts_with('_') && !(name.starts_with("__") && name.ends_with("__"))
}

/// A module of error classes: belongs to whoever raises them.
pub(super) fn holds_errors(name: &str) -> bool {
    let stem = stem(name);
    ["exception", "exceptions", "error", "errors", "exc"].contains(&stem)
        || ["_exception", "_exceptions", "_error", "_errors"].iter().any(|end| stem.ends_with(end))
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

/// A module that stores things: repositories, ORM models, sessions; by its name.
pub(super) fn stores(name: &str) -> bool {
    const WORDS: [&str; 22] = [
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
    ];
    segments(name).any(|segment| {
        WORDS.contains(&segment)
            || ["_repository", "_repositories", "_repo", "_dao", "_crud", "_model", "_models", "_orm"]
                .iter()
                .any(|end| segment.ends_with(end))
    })
}

/// Whether a module imports a web framework itself.
pub(super) fn speaks_http(cx: &Context<'_>, id: ModuleId) -> bool {
    imports_kind(cx, id, Kind::Web)
}

/// Whether a module imports a library of this kind itself.
pub(super) fn imports_kind(cx: &Context<'_>, id: ModuleId, kind: Kind) -> bool {
    model::query::resolved(cx.db, cx.project, cx.file_of(id)).iter().any(|resolved| match &resolved.target {
        Target::ThirdParty(name) | Target::Standard(name) => {
            kind_of(name).is_some_and(|(_, found)| found == kind)
        }
        _ => false,
    })
}

/// Whether a module brings so many layers together that it composes them, whatever it is called.
pub(super) fn composes(cx: &Context<'_>, id: ModuleId) -> bool {
    const LAYERS: [Layer; 4] =
        [Layer::Presentation, Layer::Application, Layer::Domain, Layer::Infrastructure];
    let edges = cx.architecture.graph.imports(id);
    LAYERS.iter().filter(|layer| edges.iter().any(|edge| cx.layer(edge.to) == Some(**layer))).count() >= 3
}
