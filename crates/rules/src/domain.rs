//! Entities, value objects and messages: what a domain model holds, and what it must not do.

pub(crate) mod anemic_model;
pub(crate) mod mutable_message;
pub(crate) mod mutable_value_object;
pub(crate) mod query_handler_writes;
pub(crate) mod several_handlers;
pub(crate) mod side_effect_in_model;
pub(crate) mod unhandled_message;

use std::sync::Arc;

use config::Layer;
use model::{ClassRef, Message, ModuleId};
use python::{ClassId, FunctionId, Scope};
use view::class_kind::{ClassKind, Subject};
use view::{Context, query};

/// The top-level classes of the checked module that are of one of these kinds, if the module surely belongs to the
/// domain.
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

/// The messages that the module defines, with their ids.
fn messages(cx: &Context<'_>) -> Vec<(ClassId, ClassRef, Arc<Message>)> {
    let classes = cx.module.definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
    classes
        .filter_map(|(id, class)| {
            let class = ClassRef::new(cx.id, class.name.clone());
            let message = model::query::message(cx.db, cx.project, class.clone())?;
            Some((id, class, message))
        })
        .collect()
}

/// The name of a function of any module: `PlaceHandler.handle`.
fn function_name(cx: &Context<'_>, module: ModuleId, function: FunctionId) -> String {
    let definitions = python::query::definitions(cx.db, model::query::file_of(cx.db, cx.project, module));
    definitions.short_name(function)
}

/// Whether a finding may rest on the module being the domain's.
fn is_domain(cx: &Context<'_>) -> bool {
    cx.architecture.layers.sure_layer(cx.id) == Some(Layer::Domain)
}
