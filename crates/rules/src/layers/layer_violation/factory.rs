//! Factories: code that only chooses an implementation and returns it as the port.

use model::{ClassRef, ModuleId, Target};
use refactor::class_named;
use view::Context;

use super::super::aim::Aim;

/// Whether an import takes only implementations of ports that functions of the module return.
pub(super) fn takes_choices(cx: &Context<'_>, aim: &Aim<'_, ModuleId>) -> bool {
    let returned = returned_classes(cx);
    let is_choice = |class: ClassRef| {
        let ports = model::query::ports_of(cx.db, cx.project, class);
        ports.iter().any(|port| returned.contains(&port.class))
    };
    !returned.is_empty()
        && aim.items.iter().all(|item| match &item.resolved.target {
            Target::Symbol { origin, origin_name, .. } => {
                is_choice(ClassRef::new(*origin, origin_name.clone()))
            }
            _ => false,
        })
}

/// The classes of the project that the functions of the module say they return.
fn returned_classes(cx: &Context<'_>) -> Vec<ClassRef> {
    let definitions = &cx.module.definitions;
    let annotations = definitions.functions.iter().filter_map(|function| function.returns);
    let names = annotations.filter_map(|annotation| definitions.exprs.dotted(annotation));
    names.filter_map(|name| class_named(cx, &name)).collect()
}
