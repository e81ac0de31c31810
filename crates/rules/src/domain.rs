//! Entities and value objects: what a domain model holds, and what it must not do.

pub(crate) mod anemic_model;
pub(crate) mod mutable_value_object;
pub(crate) mod side_effect_in_model;

use config::Layer;
use model::ClassRef;
use python::{ClassId, Scope};
use view::class_kind::{ClassKind, Subject};
use view::{Context, query};

/// The classes at the head of the module judged that are of one of these kinds, where the module is surely the domain's.
fn of_domain(cx: &Context<'_>, kinds: &[ClassKind]) -> Vec<(ClassId, ClassRef)> {
    if !is_domain(cx) {
        return Vec::new();
    }
    let classes = cx.module.definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    classes
        .map(|(id, class)| (id, ClassRef::new(cx.id, class.name.clone())))
        .filter(|(_, class)| kinds.contains(&query::class_kind(cx.db, cx.project, class.clone())))
        .filter(|(id, class)| Subject::of(cx.db, cx.project, class).is_some_and(|it| it.id == *id))
        .collect()
}

/// Whether a finding may rest on the module being the domain's.
fn is_domain(cx: &Context<'_>) -> bool {
    cx.architecture.layers.sure_layer(cx.id) == Some(Layer::Domain)
}
