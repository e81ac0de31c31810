//! Project names that the code uses and doesn't import yet: each with the import that it needs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use config::Layer;
use model::{ClassRef, Export, ModuleId, PathRole, Target};
use python::Name;
use source::Span;
use view::Context;
use workspace::Snapshot;

use super::{LETTERS, MOST, Offer, OfferKind, Offers, doubt, names, offer};

/// A name of a module.
struct Found {
    name: Name,
    module: ModuleId,
    kind: OfferKind,
}

/// The names that start with the typed letters, ignoring case.
pub(super) fn offers(snapshot: &Snapshot, cx: &Context<'_>, prefix: Span) -> Offers {
    let typed = cx.text.slice(prefix).to_lowercase();
    if typed.chars().count() < LETTERS {
        return Offers { list: Vec::new(), is_partial: true };
    }
    let Some(bound) = refactor::bound_names(cx) else { return Offers::default() };
    let mut found = find(snapshot, cx, &typed);
    found.retain(|it| !bound.contains(&it.name) && !refactor::is_builtin_name(&it.name));
    // If there are too many to check, the nearest ones are kept; modules that the file already imports are nearest of
    // all.
    let imported: BTreeSet<ModuleId> = cx.imports().filter_map(|view| view.module()).collect();
    found.sort_by_cached_key(|it| {
        let nearness = if imported.contains(&it.module) { usize::MAX } else { nearness(cx, it.module) };
        (Reverse(nearness), it.name.len(), it.name.clone())
    });
    if found.first().is_some_and(|it| !has_place(cx, it, prefix)) {
        return Offers::default();
    }
    let is_partial = found.len() > MOST;
    found.truncate(MOST);
    let wants_ports = !matches!(cx.own_layer(), Some(Layer::Composition | Layer::Tests));
    // Names defined in a module share one verdict; a package's re-exports are checked by name.
    let mut doubts: BTreeMap<(ModuleId, Option<Name>), Option<String>> = BTreeMap::new();
    let mut list: Vec<(u8, Offer)> = Vec::new();
    for it in found {
        let module = cx.module_name(it.module);
        let is_package = cx.architecture.modules[it.module].is_package;
        let key = (it.module, is_package.then(|| it.name.clone()));
        let doubt = doubts.entry(key).or_insert_with(|| doubt::doubt(cx, module, Some(&it.name)));
        let mut offer = offer(cx, &it.name, it.kind, prefix, module);
        offer.doubt.clone_from(doubt);
        offer.data.adds_import = true;
        list.push((rank(snapshot, cx, &it, offer.doubt.is_some(), wants_ports), offer));
    }
    list.sort_by_key(|(rank, _)| *rank);
    Offers { list: list.into_iter().map(|(_, offer)| offer).collect(), is_partial }
}

/// Whether the import can be inserted without touching what is being typed: not if that is the first line of code.
fn has_place(cx: &Context<'_>, it: &Found, prefix: Span) -> bool {
    refactor::import_name(cx, cx.module_name(it.module), &it.name)
        .is_some_and(|edits| edits.iter().all(|edit| !edit.span.touches(prefix.start)))
}

/// Ports before their adapters, and what must not be imported last.
fn rank(snapshot: &Snapshot, cx: &Context<'_>, it: &Found, is_doubtful: bool, wants_ports: bool) -> u8 {
    let is_adapter = || {
        let class = ClassRef::new(it.module, it.name.clone());
        wants_ports
            && it.kind == OfferKind::Class
            && !model::query::ports_of(snapshot.db(), cx.project, class).is_empty()
    };
    match (is_doubtful, it.kind) {
        (true, _) => 3,
        (false, OfferKind::Port) if wants_ports => 0,
        (false, _) if is_adapter() => 2,
        (false, _) => 1,
    }
}

/// The definitions of project modules, and the packages' re-exports of their contents. Lower-case variables at the top
/// level mostly belong to one module (`logger`, `router`): such a variable is proposed only if its name is unique.
fn find(snapshot: &Snapshot, cx: &Context<'_>, typed: &str) -> Vec<Found> {
    let modules = &cx.architecture.modules;
    let mut found: Vec<Found> = Vec::new();
    let mut variables: BTreeMap<Name, Vec<ModuleId>> = BTreeMap::new();
    for (id, info) in modules.iter() {
        if info.role != PathRole::Code || id == cx.id {
            continue;
        }
        let exports = model::query::exports(cx.db, info.file);
        let matching =
            exports.names.iter().filter(|(name, _)| begins(name, typed) && exports.is_public(name));
        for (name, export) in matching {
            if matches!(export, Export::Import(_)) && !passes_on(cx, id, *export) {
                continue;
            }
            let definitions = python::query::definitions(cx.db, info.file);
            let Some(kind) = names::kind_of(snapshot, cx, id, name, *export, &definitions) else { continue };
            match kind {
                OfferKind::Variable => variables.entry(name.clone()).or_default().push(id),
                _ if modules.by_name(&info.name, cx.info().root) == Some(id) => {
                    found.push(Found { name: name.clone(), module: id, kind });
                }
                _ => {}
            }
        }
    }
    let only = variables.into_iter().filter_map(|(name, modules)| match &modules[..] {
        [module] => Some(Found { name, module: *module, kind: OfferKind::Variable }),
        _ => None,
    });
    found.extend(only);
    found
}

/// Whether the name starts with the letters, which are lower case.
fn begins(name: &str, typed: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    !name.starts_with('_') && typed.chars().all(|letter| letters.next() == Some(letter))
}

/// Whether an import in a package's `__init__` is a re-export for outside users: a name from inside.
fn passes_on(cx: &Context<'_>, package: ModuleId, export: Export) -> bool {
    let info = &cx.architecture.modules[package];
    let Export::Import(id) = export else { return false };
    let is_around = |name: &str| name.strip_prefix(&*info.name).is_some_and(|rest| rest.starts_with('.'));
    if !info.is_package || is_around(cx.own_name()) {
        return false;
    }
    let resolved = model::query::resolved(cx.db, cx.project, info.file);
    match resolved.get(id.0 as usize).map(|resolved| &resolved.target) {
        Some(Target::Symbol { origin, .. }) => is_around(cx.module_name(*origin)),
        _ => false,
    }
}

/// The number of leading segments that the module shares with the edited one.
fn nearness(cx: &Context<'_>, id: ModuleId) -> usize {
    cx.own_name().split('.').zip(cx.module_name(id).split('.')).take_while(|(a, b)| a == b).count()
}
