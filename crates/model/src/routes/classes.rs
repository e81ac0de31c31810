//! Classes that handle requests with methods named after HTTP methods.

use python::{ClassId, FunctionId, Name};

use super::Handler;
use super::names::{Names, Thing};
use crate::ModuleId;

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// The methods of a class that are named after HTTP methods, own and inherited from project classes, with their
/// location.
pub(super) fn methods(
    names: &Names<'_>,
    module: ModuleId,
    class: ClassId,
) -> Vec<(Name, ModuleId, FunctionId)> {
    METHODS
        .iter()
        .filter_map(|method| match names.member(module, class, method) {
            Thing::Function(module, function) => Some((method.to_uppercase().into(), module, function)),
            _ => None,
        })
        .collect()
}

/// The handler for a method of a class, which may be inherited.
pub(super) fn handler(
    names: &Names<'_>,
    (module, class): (ModuleId, ClassId),
    (defined_in, function): (ModuleId, FunctionId),
) -> Handler {
    let name = names.definitions(defined_in)[function].name.clone();
    let class = names.definitions(module)[class].name.clone();
    Handler { module, class: Some(class), name, function: Some((defined_in, function)) }
}

/// The handler for an entire class, or for a method of a library base.
pub(super) fn whole(names: &Names<'_>, module: ModuleId, class: ClassId, name: &str) -> Handler {
    let class = names.definitions(module)[class].name.clone();
    Handler { module, class: Some(class), name: name.into(), function: None }
}
