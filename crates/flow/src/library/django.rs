//! Django: managers, querysets, prefetches, rows and their related managers.
//!
//! Queries begin at a manager. Most queryset methods build a query, few run it. Methods of first-party managers and
//! querysets are project functions whose `self` is the query: their result is applied on top of the query that they are
//! called on ([`managers`]).

pub(crate) mod admin;
mod attributes;
mod functions;
mod instances;
pub(crate) mod managers;
pub(crate) mod options;
mod parameters;
pub(crate) mod querysets;
#[cfg(test)]
mod tests;
mod views;
mod words;

use std::sync::Arc;

use model::Orm;
use python::ExprId;

use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef, Value};

pub(crate) use attributes::attribute;
pub(crate) use functions::call;
pub(crate) use parameters::parameter;
pub(crate) use views::query_of_view;

/// Describes the call of the method `name` on the manager of a model.
pub(crate) fn words_of_model(model: &crate::ModelRef, name: &str) -> python::Name {
    words::of_model(model, "objects", name)
}

/// Calls a method of a manager, a queryset, a row, or of `self` in a method of a manager or queryset.
pub(crate) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Manager(class, manager) => {
            if let Some(value) = managers::own_of_manager(walker, expr, class, manager, name, arguments) {
                return Some(value);
            }
            let query = managers::initial(walker, expr, class, manager);
            querysets::method(walker, expr, &query, receiver, name, arguments)
        }
        Kind::Query(query) if query.orm == Orm::Django => {
            let query = Arc::clone(query);
            querysets::method(walker, expr, &query, receiver, name, arguments)
                .or_else(|| managers::own_of_query(walker, expr, &query, receiver, name, arguments))
        }
        Kind::Instance(class, _)
            if managers::is_manager(walker.db(), walker.project(), class) && querysets::knows(name) =>
        {
            let query = managers::of_self(walker, expr, class, receiver, name);
            querysets::method(walker, expr, &query, receiver, name, arguments)
        }
        Kind::Instance(..) => views::method(walker, expr, receiver, name, arguments),
        Kind::ForeignInstance(class) if class == functions::CURSOR => {
            let deps = receiver.deps | arguments.deps();
            if matches!(name, "execute" | "executemany" | "callproc") {
                walker.runs(expr, &format!("cursor.{name}"), ModelRef::Unknown, deps);
            }
            Some(Value::of(Kind::Plain).with_deps(deps))
        }
        // `self.model.objects.count()`: the class is for heirs to say.
        Kind::Unknown if querysets::knows(name) && manager_of_held(walker, receiver).is_some() => {
            let class = manager_of_held(walker, receiver)?;
            let query = walker.begin(expr, ModelRef::Held(class), Orm::Django);
            let query = crate::QueryState { deps: receiver.deps, ..query };
            querysets::method(
                walker,
                expr,
                &query,
                &Value { path: None, ..receiver.clone() },
                name,
                arguments,
            )
        }
        // `.all()` on a value known only to callers is the same value.
        Kind::Unknown if name == "all" && receiver.path.is_some() && arguments.is_empty() => {
            crate::query::has_django(walker.db(), walker.project()).then(|| receiver.clone())
        }
        Kind::Unknown if querysets::betrays_itself(walker, name, arguments) => {
            let query = querysets::of_unknown(walker, expr, receiver);
            querysets::method(walker, expr, &query, receiver, name, arguments)
        }
        Kind::Entity(entity) => {
            let entity = entity.clone();
            instances::method(walker, expr, receiver, &entity, name, arguments)
        }
        _ => None,
    }
}

/// The class that a parameter holds, where a value is its manager, in a project of Django.
fn manager_of_held(walker: &dyn Interpreter, value: &Value) -> Option<crate::Path> {
    const MANAGERS: &[&str] = &["objects", "_default_manager"];
    let (class, name) = crate::bind::split(value.path.as_ref()?)?;
    let is_manager = MANAGERS.contains(&name.as_str());
    (is_manager && crate::query::has_django(walker.db(), walker.project())).then_some(class)
}
