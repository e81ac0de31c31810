//! Classes that a module reads off a package which it imports whole: `shop.SqlOrders`, where `shop` hands it on.

use model::{ClassRef, ModuleId, Target};
use python::Name;
use refactor::class_named;
use view::{Context, ImportView};

use super::super::aim::Aim;

/// The classes, with the names by which the code calls them; none for an import of a submodule, which binds its first
/// package.
pub(super) fn classes(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> Vec<(Name, ClassRef)> {
    let whole = aim.items.iter().filter(|item| {
        let is_of_it = item.resolved.target == Target::Module(aim.to);
        is_of_it && (item.import.alias.is_some() || !item.resolved.absolute.contains('.'))
    });
    let mut found: Vec<(Name, ClassRef)> = whole.flat_map(|item| of(cx, item)).collect();
    found.sort();
    found.dedup();
    found
}

fn of(cx: &Context<'_>, item: &ImportView<'_>) -> Vec<(Name, ClassRef)> {
    let Some(bound) = item.import.bound_name() else { return Vec::new() };
    let uses = cx.module.uses.iter().filter(|used| used.import == item.id);
    uses.filter_map(|used| {
        let attribute = used.attributes.split('.').find(|segment| !segment.is_empty())?;
        let name = format!("{bound}.{attribute}");
        Some((name.as_str().into(), class_named(cx, &name)?))
    })
    .collect()
}
