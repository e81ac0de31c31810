//! Classes that answer: by methods named after HTTP's.

use python::{ClassId, FunctionId, Name};

use super::Handler;
use super::names::{Names, Thing};
use crate::ModuleId;

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// The methods of a class that are named after HTTP's, its own and inherited ones of the project, with their place.
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

/// A class that answers by a method, which may be inherited.
pub(super) fn handler(
    names: &Names<'_>,
    (module, class): (ModuleId, ClassId),
    (defined_in, function): (ModuleId, FunctionId),
) -> Handler {
    let name = names.definitions(defined_in)[function].name.clone();
    let class = names.definitions(module)[class].name.clone();
    Handler { module, class: Some(class), name, function: Some((defined_in, function)) }
}

/// A class that answers as a whole, or by a method of a library's base.
pub(super) fn whole(names: &Names<'_>, module: ModuleId, class: ClassId, name: &str) -> Handler {
    let class = names.definitions(module)[class].name.clone();
    Handler { module, class: Some(class), name: name.into(), function: None }
}
