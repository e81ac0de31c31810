//! The module where the queries of a route belong.

use std::sync::Arc;

use config::Layer;
use model::{Amount, ModuleId, Project, Target};
use python::{BodyOwner, Name, Scope};
use source::File;
use view::scope::Names;
use view::sessions::{CallKind, session_calls};
use view::{Context, Db};

use super::wanted::Wanted;

/// The places for queries of a module of routes.
pub(super) struct Homes {
    /// Never empty.
    modules: Vec<ModuleId>,
    /// Whether the models themselves contain the queries: there are no repositories, and the models take their place.
    pub(super) are_rows: bool,
}

/// The repositories and services around the checked module; if there is none, the models with queries of their own.
pub(super) fn homes(cx: &Context<'_>) -> Option<Homes> {
    let imported: Vec<ModuleId> = cx.architecture.graph.imports(cx.id).iter().map(|edge| edge.to).collect();
    let own_scope = cx.architecture.layers.scopes.get(cx.id);
    let candidates = crate::query::homes_of_queries(cx.db, cx.project);
    let candidates = candidates.iter().copied().filter(|id| {
        *id != cx.id
            && cx.architecture.layers.scopes.get(*id) == own_scope
            && (is_around(cx.module_name(*id), cx.own_name()) || imported.contains(id))
    });
    let modules: Vec<ModuleId> = candidates.collect();
    if !modules.is_empty() {
        return Some(Homes { modules, are_rows: false });
    }
    let schema = model::query::schema(cx.db, cx.project);
    let rows = imported.into_iter().find(|id| {
        cx.layer(*id) != Some(Layer::Presentation)
            && model::query::signals(cx.db, cx.file_of(*id)).data_access == Amount::Many
            && schema.entities.keys().any(|class| class.module == *id)
    });
    rows.map(|module| Homes { modules: vec![module], are_rows: true })
}

impl Homes {
    /// The home of a query: that which knows its table, is called beside it, and is nearest. `None` if several are.
    pub(super) fn nearest(&self, cx: &Context<'_>, wanted: &Wanted) -> Option<ModuleId> {
        let nearness = |id: &ModuleId| nearness(cx, *id, wanted);
        let best = self.modules.iter().map(nearness).max()?;
        let mut nearest = self.modules.iter().filter(|id| nearness(id) == best);
        let first = nearest.next().copied();
        first.filter(|_| nearest.next().is_none())
    }

    /// The home as code; if only its package is certain, that; without one, what it is.
    pub(super) fn in_words(&self, cx: &Context<'_>, home: Option<ModuleId>) -> String {
        if let Some(home) = home {
            return format!("`{}`", place_in_words(cx, home));
        }
        let parent = |id: &ModuleId| cx.module_name(*id).rsplit_once('.').map(|(package, _)| package);
        match self.modules.first().and_then(parent) {
            Some(package) if self.modules.iter().all(|id| parent(id) == Some(package)) => {
                format!("`{package}`")
            }
            _ => "the service or repository for it".to_owned(),
        }
    }
}

/// How near a home is to a query, as evidence in order of its weight.
fn nearness(cx: &Context<'_>, id: ModuleId, wanted: &Wanted) -> impl Ord + use<> {
    let own_context = cx.bounded_context(cx.id);
    let shares_context = own_context.is_some() && cx.bounded_context(id) == own_context;
    let imported = cx.architecture.graph.imports(cx.id).iter().any(|edge| edge.to == id);
    let (name, own) = (cx.module_name(id), cx.own_name());
    let shared = name.split('.').zip(own.split('.')).take_while(|(a, b)| a == b).count();
    let knows = model::query::resolved(cx.db, cx.project, cx.file_of(id)).iter().any(|it| match &it.target {
        Target::Symbol { origin, origin_name, .. } => {
            wanted.tables.iter().any(|(module, name)| module == origin && name == origin_name)
        }
        Target::Module(imported) => wanted.tables.iter().any(|(module, _)| module == imported),
        _ => false,
    });
    let is_called = wanted.called.contains(&id);
    (knows, is_called, is_named(cx, id), imported, shares_context, is_for(name, own), shared)
}

/// Whether a module is named as the place for queries, by its own name and that of its folder: further up, `services`
/// may contain whole programs.
fn is_named(cx: &Context<'_>, id: ModuleId) -> bool {
    let segments = cx.module_name(id).rsplit('.').take(2);
    segments.flat_map(|segment| segment.split('_')).any(|word| WORDS.contains(&word))
}

/// Whether a home has a word of the route's name: `services.orders`, `routers.orders`.
fn is_for(home: &str, route: &str) -> bool {
    let route = last(route);
    last(home).split('_').any(|word| route.split('_').any(|it| it == word))
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The module where the queries of a route belong; its package if only that is certain: a module that the route neither
/// imports nor shares a name with may have another purpose.
fn place_in_words<'a>(cx: &'a Context<'_>, home: ModuleId) -> &'a str {
    let name = cx.module_name(home);
    let is_imported = cx.architecture.graph.imports(cx.id).iter().any(|edge| edge.to == home);
    let is_for_it = last(name).split('_').any(|word| WORDS.contains(&word)) || is_for(name, cx.own_name());
    match name.rsplit_once('.') {
        Some((package, _)) if !is_imported && !is_for_it => package,
        _ => name,
    }
}

/// Whether a repository or service serves a route: it is in a package around it. `shop.repositories.orders` serves all
/// of `shop`, `shop.billing.service` only `shop.billing`.
fn is_around(home: &str, route: &str) -> bool {
    const TECHNICAL: [&str; 12] = [
        "adapters",
        "application",
        "core",
        "data",
        "database",
        "db",
        "domain",
        "infra",
        "infrastructure",
        "orm",
        "persistence",
        "storage",
    ];
    let is_layer =
        |segment: &str| TECHNICAL.contains(&segment) || segment.split('_').any(|word| WORDS.contains(&word));
    let mut route = route.split('.');
    home.split('.').take_while(|segment| !is_layer(segment)).all(|segment| route.next() == Some(segment))
}

/// Whether a module is the place for the queries of routes.
pub(crate) fn is_home_of_queries(cx: &Context<'_>, id: ModuleId) -> bool {
    is_home(cx, id) || holds_queries(cx, id)
}

/// Whether a module is a repository or a service that accesses the database, by its place and its contents.
fn is_home(cx: &Context<'_>, id: ModuleId) -> bool {
    let Some(verdict) = cx.verdict(id) else { return false };
    if !matches!(verdict.layer, Layer::Application | Layer::Infrastructure) {
        return false;
    }
    is_named(cx, id) && model::query::signals(cx.db, cx.file_of(id)).data_access > Amount::None
}

/// Whether a module is where the project accesses its data, whatever its name: several of its functions run queries,
/// and routes call them. Tables with their own queries don't count.
fn holds_queries(cx: &Context<'_>, id: ModuleId) -> bool {
    const MANY: usize = 3;
    let layer = cx.verdict(id).map(|verdict| verdict.layer);
    let file = cx.file_of(id);
    if !matches!(layer, Some(Layer::Application | Layer::Infrastructure))
        || model::query::signals(cx.db, file).data_access < Amount::Many
    {
        return false;
    }
    let schema = model::query::schema(cx.db, cx.project);
    if schema.entities.keys().any(|class| class.module == id) {
        return false;
    }
    let offered = querying(cx.db, cx.project, file);
    let is_taken = |target: &Target| match target {
        Target::Module(module) => *module == id,
        Target::Symbol { origin, origin_name, .. } => *origin == id && offered.contains(origin_name),
        _ => false,
    };
    offered.len() >= MANY
        && cx.architecture.graph.importers(id).iter().any(|edge| {
            let importer = cx.file_of(edge.to);
            cx.layer(edge.to) == Some(Layer::Presentation)
                && model::query::resolved(cx.db, cx.project, importer).iter().any(|it| is_taken(&it.target))
        })
}

/// The functions and classes of a file that query the database; a class once for each of its querying methods.
#[salsa::tracked(returns(clone))]
fn querying(db: &dyn Db, project: Project, file: File) -> Arc<[Name]> {
    let Some(cx) = view::query::context(db, project, file) else { return Arc::new([]) };
    let names = Names::of(&cx);
    let offered = names.bodies().filter_map(|(id, body)| {
        let BodyOwner::Function(function) = body.owner else { return None };
        let function = &cx.module.definitions[function];
        let queries = || session_calls(&names, id).iter().any(|call| call.kind != CallKind::Unit);
        let offered = match function.scope {
            Scope::Module => &function.name,
            Scope::Class(class) => &cx.module.definitions[class].name,
            Scope::Function(_) => return None,
        };
        queries().then(|| offered.clone())
    });
    offered.collect()
}

/// Common names of the place for queries.
const WORDS: &[&str] = &[
    "crud",
    "dao",
    "daos",
    "gateway",
    "gateways",
    "interactor",
    "interactors",
    "repo",
    "repos",
    "repositories",
    "repository",
    "selectors",
    "service",
    "services",
    "usecase",
    "usecases",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_around_their_routes() {
        let table = [
            ("app.crud", "app.api.routes.items", true),
            ("shop.repositories.orders", "shop.routers.orders", true),
            ("shop.db.crud", "shop.api.v1.orders", true),
            ("services.orders", "routers.orders", true),
            ("shop.billing.service", "shop.billing.views", true),
            ("shop.billing.service", "shop.auth.views", false),
            ("shop.rooms.services.booking", "shop.api.controllers", false),
        ];
        for (home, route, expected) in table {
            assert_eq!(is_around(home, route), expected, "{home} {route}");
        }
    }
}
