//! What an imported module is, where its layer alone doesn't say it.

use config::{Layer, Style};
use model::{Amount, CERTAIN, Evidence, Mark, ModuleId, Target, Technology, Verdict};

use super::direction::{Wrong, wrong};
use super::frameworks::{Kind, is_of, kind_of};
use crate::{Context, ImportView};

/// The layer of a module, where it is known well enough to blame somebody for importing it: also without the
/// technologies that it may use by mistake.
pub(super) fn sure<'a>(cx: &'a Context<'_>, id: ModuleId) -> Option<&'a Verdict> {
    let verdict = cx.verdict(id).filter(|verdict| verdict.speaks())?;
    let apart = |technology| cx.architecture.layers.apart_from(id, technology).map(|apart| apart.layer);
    // Who reaches outside is infrastructure by that alone; who raises an HTTP error is no route yet.
    let is_sure = apart(Technology::Http) == Some(verdict.layer)
        && apart(Technology::Outside).is_none_or(|layer| layer == verdict.layer);
    is_sure.then_some(verdict)
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

/// The segments of a module's name: the first too, since layers may lie at the root of a project.
pub(super) fn segments(name: &str) -> impl Iterator<Item = &str> {
    name.split('.')
}

/// The last segment of a dotted name.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A module that knows who the user is and what they may do, by its name or a folder's: half request handling, half a
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

/// Whether a verdict names the domain: a folder or file called after it, not one that may as well hold rows or schemas.
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

/// Whether somebody put the module where it is: a verdict that rests on neighbours alone blames nobody.
pub(super) fn is_placed(verdict: &Verdict) -> bool {
    verdict.confidence == CERTAIN || verdict.evidence.iter().any(Evidence::is_of_place)
}

/// Whether the folder that makes a module what it is holds routes too: then it is named after something else (`domain/`
/// around whole features), and says nothing.
pub(super) fn is_in_mixed_folder(cx: &Context<'_>, id: ModuleId, verdict: &Verdict) -> bool {
    const ROUTES: usize = 2;
    let name = cx.module_name(id);
    let mut end = 0;
    for segment in name.split('.') {
        end += segment.len();
        let package = &name[..end];
        end += 1;
        if verdict.layer == Layer::Presentation
            || !verdict.evidence.iter().any(|evidence| evidence.folder() == Some(segment))
        {
            continue;
        }
        let routes = cx.architecture.modules.iter().filter(|(other, info)| {
            is_of(&info.name, package)
                && sure(cx, *other).is_some_and(|verdict| verdict.layer == Layer::Presentation)
        });
        if routes.take(ROUTES).count() == ROUTES {
            return true;
        }
    }
    false
}

/// Whether so many depend on a module against its supposed layer that the layer is in doubt, not they. Beyond doubt are
/// routes, and whatever lies in its place: only what merely helps routes is often everybody's.
pub(super) fn is_contested(cx: &Context<'_>, id: ModuleId, verdict: &Verdict, style: Style) -> bool {
    const MANY: usize = 4;
    let signals = model::query::signals(cx.db, cx.file_of(id));
    let has_routes = signals.routes > Amount::None || signals.marks.has(Mark::Router);
    let is_in_place = verdict.layer != Layer::Presentation && is_placed(verdict);
    if has_routes || is_in_place || verdict.confidence == CERTAIN {
        return false;
    }
    let importers = cx.architecture.graph.importers(id);
    let against = importers.iter().filter(|edge| {
        cx.layer(edge.to).is_some_and(|layer| wrong(style, layer, verdict.layer) == Some(Wrong::Always))
    });
    let against = against.count();
    against >= 2 * MANY || (against >= MANY && against * 4 >= importers.len())
}

/// Whether `importer` lies in the very folder that makes `imported` what it is: a service that is part of an adapter is
/// no service of the application.
pub(super) fn lies_in_same_layer(importer: &str, imported: &str, verdict: &Verdict) -> bool {
    let shared = importer.split('.').zip(imported.split('.')).take_while(|(left, right)| left == right);
    let mut shared = shared.map(|(segment, _)| segment);
    shared.any(|segment| verdict.evidence.iter().any(|evidence| evidence.folder() == Some(segment)))
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

/// A module that stores things: repositories, ORM models, sessions, caches; by its name.
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

/// Whether a class of the module judged descends from one of `id`, or of a package `id`: who implements a port has to
/// import it.
pub(super) fn descends_from(cx: &Context<'_>, id: ModuleId) -> bool {
    let name = cx.module_name(id);
    cx.module.definitions.classes.iter().any(|class| {
        let ancestry = cx.architecture.heritage.by_class.get(&(cx.id, class.name.clone()));
        ancestry
            .is_some_and(|ancestry| ancestry.own.iter().any(|(base, _)| is_of(cx.module_name(*base), name)))
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

/// Whether a module handles requests, or stands between a framework and those that do.
pub(super) fn handles_requests(cx: &Context<'_>, id: ModuleId) -> bool {
    const MARKS: [Mark; 5] =
        [Mark::Router, Mark::UrlPatterns, Mark::IncludesRouter, Mark::RequestHook, Mark::Depends];
    let signals = model::query::signals(cx.db, cx.file_of(id));
    signals.routes > Amount::None || MARKS.iter().any(|mark| signals.marks.has(*mark))
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
