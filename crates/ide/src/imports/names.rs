//! Names of a module of the project: `Or` in `from shop.orders import Or`.

use model::{ClassRef, Export, ModuleId, Target};
use python::{Definitions, Name};
use source::Span;
use view::Context;
use workspace::Snapshot;

use super::modules::{absolute, below};
use super::{MOST, Offer, OfferKind, Offers, doubt, offer};

/// The names that `from <module> import` may import; `None` if the module is not the project's.
pub(super) fn offers(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    level: usize,
    module: &str,
    taken: &[&str],
    prefix: Span,
) -> Option<Offers> {
    let full = absolute(cx, level, module)?;
    let modules = &cx.architecture.modules;
    let id = modules.by_name(&full, cx.info().root);
    if id.is_none() && !modules.is_namespace(&full) && !full.is_empty() {
        return None;
    }
    let typed = cx.text.slice(prefix);
    let is_wanted =
        |label: &str| !taken.contains(&label) && (!label.starts_with('_') || typed.starts_with('_'));
    let mut list: Vec<Offer> = Vec::new();
    if let Some(id) = id.filter(|id| *id != cx.id) {
        list.extend(of_module(snapshot, cx, id, prefix, &is_wanted));
    }
    let is_package = id.is_none_or(|id| modules[id].is_package);
    if is_package {
        let submodules = below(cx, &full, prefix).into_iter().filter(|offer| is_wanted(&offer.label));
        let known: Vec<String> = list.iter().map(|offer| offer.label.clone()).collect();
        list.extend(submodules.filter(|offer| !known.contains(&offer.label)));
        list.sort_by_key(|offer| offer.doubt.is_some());
    }
    let is_partial = list.len() > MOST;
    if is_partial {
        let start = typed.to_lowercase();
        list.retain(|offer| offer.label.to_lowercase().starts_with(&start));
        list.truncate(MOST);
    }
    (!list.is_empty()).then_some(Offers { list, is_partial })
}

/// The names that a module exports, most commonly imported kinds first: classes, functions, constants.
fn of_module(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    id: ModuleId,
    prefix: Span,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Vec<Offer> {
    let file = cx.file_of(id);
    let exports = model::query::exports(cx.db, file);
    let definitions = python::query::definitions(cx.db, file);
    let of_all = doubt::doubt(cx, cx.module_name(id), None);
    let mut list: Vec<Offer> = Vec::new();
    for (name, export) in exports.names.iter().filter(|(name, _)| is_wanted(name)) {
        let public = exports.is_public(name) || name.starts_with('_');
        let Some(kind) = kind_of(snapshot, cx, id, name, *export, &definitions).filter(|_| public) else {
            continue;
        };
        let mut offer = offer(cx, name, kind, prefix, cx.module_name(id));
        let is_passed_on = matches!(export, Export::Import(_));
        offer.doubt =
            if is_passed_on { doubt::doubt(cx, cx.module_name(id), Some(name)) } else { of_all.clone() };
        list.push(offer);
    }
    list.sort_by(|a, b| {
        (a.doubt.is_some(), rank(a.kind), &a.label).cmp(&(b.doubt.is_some(), rank(b.kind), &b.label))
    });
    list
}

/// Interfaces, classes, functions, the rest.
fn rank(kind: OfferKind) -> u8 {
    match kind {
        OfferKind::Port => 0,
        OfferKind::Class => 1,
        OfferKind::Function => 2,
        _ => 3,
    }
}

/// The kind of a name; `None` if a module merely uses it. A package exports what its `__init__` imports from the
/// project, and `__all__` exports what it lists.
pub(super) fn kind_of(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    module: ModuleId,
    name: &Name,
    export: Export,
    definitions: &Definitions,
) -> Option<OfferKind> {
    let db = snapshot.db();
    match export {
        Export::Class(_) => {
            let class = ClassRef::new(module, name.clone());
            let is_port = model::query::port(db, cx.project, class).is_some();
            Some(if is_port { OfferKind::Port } else { OfferKind::Class })
        }
        Export::Function(_) => Some(OfferKind::Function),
        Export::Variable(index) => {
            let is_alias = definitions.variables.get(index as usize).is_some_and(|it| it.is_type_alias);
            let is_constant = is_alias || name.starts_with(char::is_uppercase);
            Some(if is_constant { OfferKind::Constant } else { OfferKind::Variable })
        }
        Export::Import(id) => {
            let info = &cx.architecture.modules[module];
            let listed = definitions.all.as_ref().is_some_and(|all| all.contains(name));
            let resolved = model::query::resolved(db, cx.project, info.file);
            match &resolved.get(id.0 as usize)?.target {
                Target::Symbol { origin, origin_name, .. } if info.is_package || listed => {
                    let file = cx.architecture.modules.get(*origin)?.file;
                    let export = model::query::exports(db, file).get(origin_name)?;
                    if matches!(export, Export::Import(_)) {
                        return listed.then_some(OfferKind::Variable);
                    }
                    let definitions = python::query::definitions(db, file);
                    kind_of(snapshot, cx, *origin, origin_name, export, &definitions)
                }
                Target::Module(_) if info.is_package || listed => Some(OfferKind::Module),
                Target::Standard(_) | Target::ThirdParty(_) if listed => Some(OfferKind::Variable),
                _ => None,
            }
        }
    }
}
