//! Which shared code is everybody's, and so must import nobody.

use model::{Mark, ModuleId, PathRole, Verdict};
use view::Context;
use view::frameworks::is_of;

use crate::imports::entry_point;

/// Whether a shared module is free for all, including its imports: it is in a folder for shared modules, or at the top
/// level of the project, and not together with the imported module in a package below the root or in another folder of
/// that name. What one feature alone uses is a part of that, as a starter is of the program.
pub(super) fn is_shared_with(cx: &Context<'_>, own: &Verdict, imported: &str) -> bool {
    let shared = cx.own_name();
    let folders = || own.evidence.iter().filter_map(model::Evidence::folder);
    let is_everybodys = folders().next().is_some() || shared.split('.').count() <= 2;
    let together = shared.split('.').zip(imported.split('.')).take_while(|(left, right)| left == right);
    let is_alike = folders().any(|folder| imported.split('.').any(|segment| segment == folder));
    is_everybodys
        && together.count() < 2
        && !is_alike
        && !is_of_one_feature(cx, own, imported)
        && !entry_point::is_part_of_program(cx)
        && !is_program(cx)
}

/// Whether the module is a program of its own, `python -m shop.utils.passwords`: nothing imports it.
fn is_program(cx: &Context<'_>) -> bool {
    let modules = &cx.architecture.modules;
    let importers = cx.architecture.graph.importers(cx.id).iter();
    model::query::signals(cx.db, cx.file).marks.has(Mark::MainGuard)
        && importers.map(|edge| edge.to).all(|id| modules[id].role == PathRole::Tests)
}

/// Whether only the package around the shared folder, or around the module, imports it: `billing.utils.dates`. A package
/// that the imported module is in too is no feature beside others.
fn is_of_one_feature(cx: &Context<'_>, own: &Verdict, imported: &str) -> bool {
    let name = cx.own_name();
    let is_folder = |segment: &str| own.evidence.iter().any(|it| it.folder() == Some(segment));
    let before = name.split('.').take_while(|segment| !is_folder(segment)).count();
    let depth = before.min(name.split('.').count().saturating_sub(1));
    let feature: Vec<&str> = name.split('.').take(depth).collect();
    let feature = feature.join(".");
    if feature.is_empty() || is_of(imported, &feature) {
        return false;
    }
    let modules = &cx.architecture.modules;
    let is_code = |id: &ModuleId| modules[*id].role == PathRole::Code;
    let importers = cx.architecture.graph.importers(cx.id).iter().map(|edge| edge.to).filter(is_code);
    let mut importers = importers.peekable();
    importers.peek().is_some() && importers.all(|id| is_of(cx.module_name(id), &feature))
}
