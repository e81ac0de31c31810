//! What an imported module is, where its layer alone doesn't show it.

use config::{Layer, Style};
use model::{Amount, CERTAIN, ClassRole, Evidence, Mark, ModuleId, Reason, Target, Technology, Verdict};
use view::direction::{Wrong, wrong};
use view::frameworks::{Kind, is_of, kind_of};
use view::{Context, ImportView};

use super::words;

/// The layer of a module, if it is certain enough to report imports of it: even without the technologies that it may
/// use by mistake.
pub(crate) fn sure<'a>(cx: &'a Context<'_>, id: ModuleId) -> Option<&'a Verdict> {
    let verdict = cx.verdict(id).filter(|verdict| verdict.speaks())?;
    let apart = |technology| cx.architecture.layers.apart_from(id, technology).map(|apart| apart.layer);
    // Reaching outside makes a module infrastructure by itself; raising an HTTP error doesn't make it a route.
    let is_sure = apart(Technology::Http) == Some(verdict.layer)
        && apart(Technology::Outside).is_none_or(|layer| layer == verdict.layer);
    is_sure.then_some(verdict)
}

/// The layer that a module's place and contents suggest, disregarding its use of `technology`.
pub(crate) fn at_heart<'a>(cx: &'a Context<'_>, id: ModuleId, technology: Technology) -> Option<&'a Verdict> {
    cx.architecture.layers.apart_from(id, technology).filter(|verdict| verdict.speaks())
}

/// `` `shop.db` is infrastructure: in the folder `db`, defines ORM models ``
pub(crate) fn because(cx: &Context<'_>, id: ModuleId, verdict: &Verdict) -> String {
    let reasons: Vec<String> = verdict
        .evidence
        .iter()
        .filter(|evidence| evidence.layer == verdict.layer)
        .take(2)
        .map(ToString::to_string)
        .collect();
    let name = cx.module_name(id);
    match &reasons[..] {
        [] => format!("`{name}` is {}", verdict.layer),
        _ => format!("`{name}` is {}: {}", verdict.layer, reasons.join(", ")),
    }
}

/// The module that defines what is imported.
pub(super) fn origin(item: &ImportView<'_>) -> Option<ModuleId> {
    match &item.resolved.target {
        Target::Module(id) => Some(*id),
        Target::Symbol { origin, .. } => Some(*origin),
        _ => None,
    }
}

/// Whether the module was placed deliberately: a verdict that rests on neighbours alone is no basis for a report.
pub(crate) fn is_placed(verdict: &Verdict) -> bool {
    verdict.confidence == CERTAIN || verdict.evidence.iter().any(Evidence::is_deliberate)
}

/// Whether a class of the application says by its name what its module is: `OrderUseCase`.
pub(crate) fn is_called_use_case(verdict: &Verdict) -> bool {
    let is_named = |it: &Evidence| it.layer == Layer::Application && matches!(it.reason, Reason::Class(_));
    verdict.layer == Layer::Application && verdict.evidence.iter().any(is_named)
}

/// Whether the folder that decides a module's layer also contains routes: then its name means something else (`domain/`
/// around whole features), and is no evidence. A use case whose class or file is named so too remains one, whatever is
/// beside it: slices keep each route with its use case.
pub(crate) fn is_in_mixed_folder(cx: &Context<'_>, id: ModuleId, verdict: &Verdict) -> bool {
    const ROUTES: usize = 2;
    let is_so_named = |it: &Evidence| it.layer == Layer::Application && matches!(it.reason, Reason::File(_));
    if is_called_use_case(verdict)
        || verdict.layer == Layer::Application && verdict.evidence.iter().any(is_so_named)
    {
        return false;
    }
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
        // `application/api` separates its routes from the use cases.
        let is_apart = |name: &str, verdict: &Verdict| {
            let child = name.get(package.len() + 1..).and_then(|rest| rest.split('.').next());
            child.is_some_and(|child| words::presents(child) || child == "api")
                || verdict.evidence.iter().any(|it| it.folder().is_some() && it.folder() == child)
        };
        let presenting = crate::query::presenting(cx.db, cx.project);
        let routes = presenting
            .within(package)
            .filter(|(name, other)| sure(cx, *other).is_some_and(|verdict| !is_apart(name, verdict)));
        if routes.take(ROUTES).count() == ROUTES {
            return true;
        }
    }
    false
}

/// Whether so many modules depend on a module against its supposed layer that the layer is in doubt, not they. Routes
/// and modules in a folder of their layer are beyond doubt: only helpers of routes are often shared by all.
pub(super) fn is_contested(cx: &Context<'_>, id: ModuleId, verdict: &Verdict, style: Style) -> bool {
    const MANY: usize = 4;
    let is_in_place = verdict.layer != Layer::Presentation && is_placed(verdict);
    if is_in_place || verdict.confidence == CERTAIN {
        return false;
    }
    let importers = cx.architecture.graph.importers(id);
    let against = importers.iter().filter(|edge| {
        cx.layer(edge.to).is_some_and(|layer| wrong(style, layer, verdict.layer) == Some(Wrong::Always))
    });
    let against = against.count();
    let is_against = against >= 2 * MANY || (against >= MANY && against * 4 >= importers.len());
    is_against && !has_routes(cx, id)
}

/// Whether a module registers routes, or a URL configuration serves its views.
fn has_routes(cx: &Context<'_>, id: ModuleId) -> bool {
    let signals = model::query::signals(cx.db, cx.file_of(id));
    signals.routes > Amount::None || signals.marks.has(Mark::Router) || is_served(cx, id)
}

/// Whether a route leads to a handler in a module, wherever the route is registered.
pub(crate) fn is_served(cx: &Context<'_>, id: ModuleId) -> bool {
    model::query::routes(cx.db, cx.project).are_served_by(id)
}

/// Whether `importer` is in the very folder that decides the layer of `imported`: a service that is part of an adapter
/// is not an application service.
pub(crate) fn lies_in_same_layer(importer: &str, imported: &str, verdict: &Verdict) -> bool {
    let shared = importer.split('.').zip(imported.split('.')).take_while(|(left, right)| left == right);
    let mut shared = shared.map(|(segment, _)| segment);
    shared.any(|segment| verdict.evidence.iter().any(|evidence| evidence.folder() == Some(segment)))
}

/// Whether a class of the checked module inherits from one of `id`, or of a package `id`: implementing a port requires
/// importing it.
pub(super) fn descends_from(cx: &Context<'_>, id: ModuleId) -> bool {
    let name = cx.module_name(id);
    cx.module.definitions.classes.iter().any(|class| {
        let ancestors = cx.architecture.hierarchy.by_class.get(&(cx.id, class.name.clone()));
        ancestors
            .is_some_and(|ancestors| ancestors.own.iter().any(|(base, _)| is_of(cx.module_name(*base), name)))
    })
}

/// Whether a module handles requests, or sits between a framework and the handlers.
pub(super) fn handles_requests(cx: &Context<'_>, id: ModuleId) -> bool {
    const MARKS: [Mark; 5] =
        [Mark::Router, Mark::UrlPatterns, Mark::IncludesRouter, Mark::RequestHook, Mark::Depends];
    let signals = model::query::signals(cx.db, cx.file_of(id));
    signals.routes > Amount::None || MARKS.iter().any(|mark| signals.marks.has(*mark))
}

/// Whether a module declares what is called from outside without HTTP: commands, resolvers, consumers, admin pages.
pub(super) fn is_called_from_outside(cx: &Context<'_>, id: ModuleId) -> bool {
    const MARKS: [Mark; 4] = [Mark::CliCommand, Mark::GraphQl, Mark::Consumer, Mark::Admin];
    let signals = model::query::signals(cx.db, cx.file_of(id));
    MARKS.iter().any(|mark| signals.marks.has(*mark))
        || signals.classes.iter().any(|class| class.role == Some(ClassRole::Admin))
}

/// Whether a module itself imports a web framework.
pub(super) fn speaks_http(cx: &Context<'_>, id: ModuleId) -> bool {
    imports_kind(cx, id, Kind::Web)
}

/// Whether a module itself imports a library of this kind.
pub(super) fn imports_kind(cx: &Context<'_>, id: ModuleId, kind: Kind) -> bool {
    model::query::resolved(cx.db, cx.project, cx.file_of(id)).iter().any(|resolved| match &resolved.target {
        Target::ThirdParty(name) | Target::Standard(name) => {
            kind_of(name).is_some_and(|(_, found)| found == kind)
        }
        _ => false,
    })
}

/// Whether the checked module maps active records: models of an ORM whose rows save themselves.
pub(super) fn has_active_records(cx: &Context<'_>) -> bool {
    cx.module.definitions.classes.iter().any(|class| {
        let entity = model::query::entity(cx.db, cx.project, cx.id, class.name.clone());
        entity.is_some_and(|entity| entity.orm == model::Orm::Django)
    })
}

/// Whether a module imports so many layers that it composes them, whatever its name.
pub(crate) fn composes(cx: &Context<'_>, id: ModuleId) -> bool {
    const LAYERS: [Layer; 4] =
        [Layer::Presentation, Layer::Application, Layer::Domain, Layer::Infrastructure];
    // A module with a place in one layer that imports three others is at fault.
    if cx.verdict(id).is_some_and(|verdict| verdict.speaks() && LAYERS.contains(&verdict.layer)) {
        return false;
    }
    let edges = cx.architecture.graph.imports(id);
    LAYERS.iter().filter(|layer| edges.iter().any(|edge| cx.layer(edge.to) == Some(**layer))).count() >= 3
}
