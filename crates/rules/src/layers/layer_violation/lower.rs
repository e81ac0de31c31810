//! The fix that moves what is imported to where the importer may reach it: it belongs further inside if it needs
//! nothing of its own layer.

use model::{ClassRef, ModuleId, Target};
use refactor::{Abilities, Changes, changes, targets_near};
use source::apply_edits;
use view::{Applicability, Context, Fix, FixKind, ImportView, may_import};

use super::super::aim::Aim;

/// The fix for an import of one definition; `None` if it would need an outer module in its new place, or if no target
/// module suggests itself.
pub(super) fn fix<T>(cx: &Context<'_>, aim: &Aim<'_, T>) -> Option<Fix> {
    let [item] = &aim.items[..] else { return None };
    let Target::Symbol { origin, origin_name, .. } = &item.resolved.target else { return None };
    // An implementation of a port is of its layer by what it is.
    let class = ClassRef::new(*origin, origin_name.clone());
    if !model::query::ports_of(cx.db, cx.project, class).is_empty() {
        return None;
    }
    let (style, own) = (cx.style()?, cx.own_layer()?);
    let there = view::query::context(cx.db, cx.project, cx.file_of(*origin))?;
    targets_near(&there, origin_name, cx).into_iter().find_map(|id| {
        let target = cx.module_name(id);
        if !cx.layer(id).is_some_and(|layer| may_import(style, own, layer)) {
            return None;
        }
        let fix = Fix {
            title: format!("Move `{origin_name}` to `{target}`"),
            applicability: Applicability::Review,
            kind: FixKind::MoveDefinition {
                module: *origin,
                name: origin_name.clone(),
                target: target.into(),
            },
        };
        let made = changes(cx, &fix, Abilities::ALL)?;
        (is_gone(cx, &made, *origin, origin_name) && stays_inside(cx, &made, id)).then_some(fix)
    })
}

/// The module as it is after the changes; `None` if they don't touch it.
fn after<'a>(there: &Context<'a>, changes: &Changes) -> Option<Context<'a>> {
    let edit = changes.edits.iter().find(|edit| edit.file == there.file)?;
    Some(there.with_text(&apply_edits(there.text.as_str(), &edit.edits)?))
}

fn is_gone(cx: &Context<'_>, changes: &Changes, origin: ModuleId, name: &str) -> bool {
    let is_it = |view: ImportView<'_>| match &view.resolved.target {
        Target::Symbol { module, name: taken, .. } => *module == origin && taken == name,
        _ => false,
    };
    after(cx, changes).is_some_and(|after| !after.imports().any(is_it))
}

/// Whether the target module imports neither an outer module nor an additional library because of it.
fn stays_inside(cx: &Context<'_>, changes: &Changes, target: ModuleId) -> bool {
    let Some(before) = view::query::context(cx.db, cx.project, cx.file_of(target)) else { return false };
    let Some(after) = after(&before, changes) else { return false };
    let (Some(style), Some(layer)) = (cx.style(), cx.layer(target)) else { return false };
    let first = |name: &str| name.split('.').next().map(str::to_owned);
    let libraries = |cx: &Context<'_>| -> Vec<Option<String>> {
        let of = |view: ImportView<'_>| match &view.resolved.target {
            Target::ThirdParty(name) => Some(first(name)),
            _ => None,
        };
        cx.imports().filter_map(of).collect()
    };
    let known = libraries(&before);
    let is_inner = |view: ImportView<'_>| {
        let module = view.resolved.module();
        module.and_then(|module| cx.layer(module)).is_none_or(|other| may_import(style, layer, other))
    };
    libraries(&after).iter().all(|library| known.contains(library)) && after.imports().all(is_inner)
}
