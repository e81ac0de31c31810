//! What calls into libraries do: the ORM's, the standard library's, the web framework's.
//!
//! Each module knows one library. It is asked with values and says what comes back, and records what happens through
//! [`Walker::runs`]. Nothing for what it doesn't know: unknown is silent.

pub(crate) mod blocking;
pub(crate) mod builtins;
pub(crate) mod django;
pub(crate) mod serializing;
#[cfg(test)]
pub(crate) mod shown;
pub(crate) mod sqlalchemy;

use model::{ClassRef, Project};
use python::{ExprId, Name};

use crate::walk::Walker;
use crate::{Db, Deps, FunctionRef, Kind, Loads, Value};

/// The arguments of a call.
#[derive(Debug, Default, Clone)]
pub(crate) struct Arguments {
    /// In order, as far as they are given one by one.
    pub(crate) positional: Vec<(Value, ExprId)>,
    /// By name.
    pub(crate) keywords: Vec<(Name, Value, ExprId)>,
    /// `*value`: several at once.
    pub(crate) stars: Vec<(Value, ExprId)>,
    /// Whether `**value` is among them.
    pub(crate) has_double_star: bool,
    /// What such values depend on.
    pub(crate) spread: Deps,
}

impl Arguments {
    /// The positional argument at `index`, or the one called `name`.
    pub(crate) fn get(&self, index: usize, name: &str) -> Option<&Value> {
        self.positional.get(index).map(|(value, _)| value).or_else(|| self.keyword(name))
    }

    /// The argument called `name`.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Value> {
        self.keywords.iter().find(|(keyword, ..)| keyword == name).map(|(_, value, _)| value)
    }

    /// What all of them depend on.
    pub(crate) fn deps(&self) -> Deps {
        let positional = self.positional.iter().chain(&self.stars).map(|(value, _)| value.deps);
        let keywords = self.keywords.iter().map(|(_, value, _)| value.deps);
        positional.chain(keywords).fold(self.spread, |all, deps| all | deps)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.values().next().is_none() && !self.has_double_star
    }

    /// All values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        let keywords = self.keywords.iter().map(|(_, value, _)| value);
        self.positional.iter().chain(&self.stars).map(|(value, _)| value).chain(keywords)
    }
}

/// A call into a library: the function or class `full_name`, called at `expr`.
pub(crate) fn call(
    walker: &mut Walker<'_>,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    sqlalchemy::call(walker, expr, full_name, arguments)
        .or_else(|| django::call(walker, expr, full_name, arguments))
        .or_else(|| builtins::call(walker, expr, full_name, arguments))
        .or_else(|| blocking::call(walker, expr, full_name, arguments))
}

/// The method `name` of a value that a library's code stands behind (a session, a query, a manager, rows, a mapping, a
/// library's instance), called at `expr`.
pub(crate) fn method(
    walker: &mut Walker<'_>,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    sqlalchemy::method(walker, expr, receiver, name, arguments)
        .or_else(|| django::method(walker, expr, receiver, name, arguments))
        .or_else(|| serializing::method(walker, expr, receiver, name, arguments))
        .or_else(|| builtins::method(walker, expr, receiver, name, arguments))
        .or_else(|| blocking::method(walker, expr, receiver, name, arguments))
}

/// A list in a list in a list: more is not written by hand.
const MAX_LISTS: usize = 3;

/// What one loader option or a collection of options loads; strings are Django's. Options that a parameter holds are
/// left to callers.
pub(crate) fn loaded_by(value: &Value) -> Loads {
    loaded_within(value, 0)
}

fn loaded_within(value: &Value, depth: usize) -> Loads {
    let mut loads = Loads::default();
    match &value.kind {
        Kind::Option(option) => loads.merge(&option.loads),
        Kind::Tuple(values) if depth < MAX_LISTS => {
            values.iter().for_each(|value| loads.merge(&loaded_within(value, depth + 1)));
        }
        Kind::Many(value) if depth < MAX_LISTS => loads = loaded_within(value, depth + 1),
        Kind::Text(path) => loads.add(path.split("__")),
        // The query that another one adds to.
        Kind::Query(query) => loads.merge(&query.loads),
        Kind::None => {}
        _ => loads = Loads::open(),
    }
    match &value.path {
        Some(path) if loads.is_open => Loads::held_by(path.clone()),
        _ => loads,
    }
}

/// What `session.refresh(order, ["items"])` leaves: the argument, and the row that it holds now.
pub(crate) fn refreshed(receiver: &Value, name: &str, arguments: &Arguments) -> Option<(ExprId, Value)> {
    let is_session = matches!(receiver.kind, Kind::Session { .. } | Kind::Unknown);
    if is_session && name == "refresh" { sqlalchemy::refreshed(arguments) } else { None }
}

/// The attribute `name` read from such a value at `expr`, where reading it means something.
pub(crate) fn attribute(
    walker: &mut Walker<'_>,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    sqlalchemy::attribute(walker, expr, receiver, name)
        .or_else(|| django::attribute(walker, expr, receiver, name))
}

/// A class of the project that a library gives its constructor: a schema of rows, a serializer. Called at `expr`.
pub(crate) fn construct(
    walker: &mut Walker<'_>,
    expr: ExprId,
    class: &ClassRef,
    arguments: &Arguments,
) -> Option<Value> {
    serializing::construct(walker, expr, class, arguments)
}

/// What a parameter holds that a library fills: the object that a serializer's method is given.
pub(crate) fn parameter(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    serializing::parameter(db, project, function, index)
        .or_else(|| django::parameter(db, project, function, index))
}

/// Whether an annotation says no more than that callers hold a query.
pub(crate) fn is_held(value: &Value) -> bool {
    matches!(&value.kind, Kind::ForeignInstance(name) if name.starts_with("django.db.models.") && name.ends_with("QuerySet"))
}

/// Whether a library renders what a function returns: a query that it returns runs.
pub(crate) fn is_rendered(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    serializing::is_rendered(db, project, function)
}

/// `super().name(...)` where the method is a library's: `super().get_queryset()`. `own` is what `self` holds.
pub(crate) fn super_method(
    walker: &mut Walker<'_>,
    expr: ExprId,
    own: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    django::method(walker, expr, own, name, arguments)
        .or_else(|| serializing::method(walker, expr, own, name, arguments))
}
