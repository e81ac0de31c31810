//! Modules and packages below a package: `shop.` in an import statement.

use std::collections::BTreeMap;

use model::{ModuleId, PathRole};
use source::Span;
use view::Context;

use super::{Offer, OfferKind, Offers, doubt, offer};

/// The contents of the package that is written: `level` dots, then `above`.
pub(super) fn offers(cx: &Context<'_>, level: usize, above: &str, prefix: Span) -> Option<Offers> {
    let package = absolute(cx, level, above)?;
    let list = below(cx, &package, prefix);
    (!list.is_empty()).then_some(Offers { list, is_partial: false })
}

/// The package that `level` dots and a name refer to; empty for the roots. `None` if the dots lead out of them.
pub(super) fn absolute(cx: &Context<'_>, level: usize, name: &str) -> Option<String> {
    if level == 0 {
        return Some(name.to_owned());
    }
    let own = cx.own_name();
    let mut package =
        if cx.info().is_package { own } else { own.rsplit_once('.').map_or("", |(package, _)| package) };
    for _ in 1..level {
        if package.is_empty() {
            return None;
        }
        package = package.rsplit_once('.').map_or("", |(package, _)| package);
    }
    Some(match (package, name) {
        ("", name) => name.to_owned(),
        (package, "") => package.to_owned(),
        (package, name) => format!("{package}.{name}"),
    })
}

/// The modules and packages directly below a package (of the roots, for an empty name), as proposals; those that the
/// module may import first, then by name.
pub(super) fn below(cx: &Context<'_>, package: &str, prefix: Span) -> Vec<Offer> {
    let mut children: BTreeMap<&str, Vec<ModuleId>> = BTreeMap::new();
    for (name, ids) in &cx.architecture.modules.by_name {
        let Some(rest) = inside(name, package) else { continue };
        let segment = rest.split('.').next().unwrap_or_default();
        let seen = ids.iter().map(|(_, id)| *id).filter(|id| is_offered(cx, *id));
        let seen: Vec<ModuleId> =
            seen.filter(|id| cx.architecture.modules.by_name(name, cx.info().root) == Some(*id)).collect();
        if !seen.is_empty() {
            children.entry(segment).or_default().extend(seen);
        }
    }
    let mut offers: Vec<Offer> = children
        .into_iter()
        .filter(|(segment, _)| !segment.starts_with("__"))
        .map(|(segment, mut modules)| {
            modules.sort_unstable();
            let full = if package.is_empty() { segment.to_owned() } else { format!("{package}.{segment}") };
            let itself = cx.architecture.modules.by_name(&full, cx.info().root);
            let is_package = itself.is_none_or(|id| cx.architecture.modules[id].is_package);
            let kind = if is_package { OfferKind::Package } else { OfferKind::Module };
            let mut offer = offer(cx, segment, kind, prefix, &full);
            offer.data.name = None;
            offer.doubt = doubt_of(cx, &full, itself, &modules);
            offer
        })
        .filter(|offer| offer.module != cx.own_name())
        .collect();
    let is_private = |offer: &Offer| offer.label.starts_with('_');
    offers.sort_by(|a, b| {
        (a.doubt.is_some(), is_private(a), &a.label).cmp(&(b.doubt.is_some(), is_private(b), &b.label))
    });
    offers
}

/// The part after the package in the name of a module inside it.
fn inside<'n>(name: &'n str, package: &str) -> Option<&'n str> {
    if package.is_empty() { Some(name) } else { name.strip_prefix(package)?.strip_prefix('.') }
}

/// Tests may import everything; code imports neither tests nor migration scripts.
fn is_offered(cx: &Context<'_>, id: ModuleId) -> bool {
    let role = cx.architecture.modules[id].role;
    id != cx.id && (role == PathRole::Code || cx.role() != PathRole::Code)
}

/// The objection to a module, or to everything in a package.
fn doubt_of(cx: &Context<'_>, full: &str, itself: Option<ModuleId>, modules: &[ModuleId]) -> Option<String> {
    let inner: Vec<ModuleId> = modules.iter().copied().filter(|id| Some(*id) != itself).collect();
    let (Some(style), Some(own)) = (cx.style(), cx.own_layer()) else {
        return doubt::doubt(cx, full, None).filter(|_| inner.is_empty());
    };
    if inner.is_empty() {
        return doubt::doubt(cx, full, None);
    }
    let is_wrong = |id: &ModuleId| cx.layer(*id).is_some_and(|layer| !view::may_import(style, own, layer));
    let first = inner.first().filter(|_| inner.iter().all(is_wrong))?;
    doubt::doubt(cx, cx.module_name(*first), None)
}
