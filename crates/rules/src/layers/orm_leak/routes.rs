//! Rows imported by a module of routes, in a project whose routes usually go through repositories.

use config::{Layer, Level};
use model::{ModuleId, Project, Target};
use python::Name;
use view::{Context, Db, Findings, Key};

use super::super::aim::aims;
use super::super::{query_in_route, target};

/// How many modules of routes are needed before their majority makes a rule.
const MANY: usize = 8;

/// If at most one in this many modules of routes imports rows, it is an exception.
const ONE_IN: usize = 5;

/// Reports imports of rows in a module of routes.
pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !target::handles_requests(cx, cx.id) {
        return;
    }
    let row = |target: &Target| row_in(cx.db, cx.project, target);
    let found = aims(cx, |item| row(&item.resolved.target).filter(|_| !item.import.context.type_checking));
    if found.is_empty() {
        return;
    }
    let (with, all) = importers(cx.db, cx.project);
    if all < MANY || with * ONE_IN > all {
        return;
    }
    for aim in found {
        let tables = aim.items.iter().filter_map(|item| taken(&item.resolved.target)).collect();
        let Some(home) = query_in_route::place_for_queries(cx, tables) else { return };
        let message =
            format!("Routes import {}, rows of the ORM; let {home} give out what they need", aim.taken(cx));
        let other = cx.module_name(aim.to);
        out.add(aim.span(), Key::new(format!("route {other}")), message)
            .modules([cx.own_name(), other])
            .evidence(format!("{with} of {all} route modules import ORM rows"))
            .at_most(Level::Info);
    }
}

/// The class that an import takes.
fn taken(target: &Target) -> Option<(ModuleId, Name)> {
    match target {
        Target::Symbol { origin, origin_name, .. } => Some((*origin, origin_name.clone())),
        _ => None,
    }
}

/// The module of a table row that an import takes, unless it belongs to the domain.
fn row_in(db: &dyn Db, project: Project, target: &Target) -> Option<ModuleId> {
    let Target::Symbol { origin, origin_name, .. } = target else { return None };
    let entity = model::query::entity(db, project, *origin, origin_name.clone())?;
    let layer = model::query::layers(db, project).layer(*origin);
    (!entity.is_abstract && layer != Some(Layer::Domain)).then_some(*origin)
}

/// How many modules of routes import rows, and how many there are.
#[salsa::tracked(returns(copy))]
fn importers(db: &dyn Db, project: Project) -> (usize, usize) {
    let architecture = model::query::architecture(db, project);
    let routes = architecture.modules.iter().filter(|(id, info)| {
        architecture.layers.layer(*id) == Some(Layer::Presentation)
            && model::query::signals(db, info.file).routes > model::Amount::None
    });
    routes.fold((0, 0), |(with, all), (_, info)| {
        let resolved = model::query::resolved(db, project, info.file);
        let takes_row = resolved.iter().any(|it| row_in(db, project, &it.target).is_some());
        (with + usize::from(takes_row), all + 1)
    })
}
