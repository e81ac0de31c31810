//! The elements of a collection, either literal or determined by data. Derived collections preserve the distinction.

use python::ExprId;

use crate::interpreter::Interpreter;
use crate::{Kind, Parts, Value};

/// The elements of a collection.
pub(super) enum Elements {
    /// Known individually, so iteration is bounded.
    Fixed(Vec<Value>),
    /// As many as the data determines.
    Data(Value),
}

impl Elements {
    /// The elements of `value`, which is iterated at `expr`.
    pub(super) fn of(walker: &mut dyn Interpreter, expr: ExprId, value: &Value) -> Self {
        match &value.kind {
            Kind::Tuple(values) => Elements::Fixed(values.to_vec()),
            _ => Elements::Data(walker.element(expr, value)),
        }
    }

    /// A collection of the mapped elements.
    pub(super) fn map(self, make: impl Fn(Value) -> Value) -> Value {
        match self {
            Elements::Fixed(values) => tuple(values.into_iter().map(make)),
            Elements::Data(value) => make(value).many(),
        }
    }

    /// The join of all elements; `None` if there are none.
    pub(super) fn joined(self) -> Option<Value> {
        match self {
            Elements::Fixed(values) => values.into_iter().reduce(|left, right| left.join(&right)),
            Elements::Data(value) => Some(value),
        }
    }
}

/// A tuple of these values.
pub(super) fn tuple(values: impl IntoIterator<Item = Value>) -> Value {
    let values: Parts = values.into_iter().collect();
    let deps = values.iter().fold(crate::Deps::NONE, |deps, value| deps | value.deps);
    Value::of(Kind::Tuple(values)).with_deps(deps)
}

/// A plain value with these dependencies.
pub(super) fn plain(deps: crate::Deps) -> Value {
    Value::of(Kind::Plain).with_deps(deps)
}

/// A mapping with this value type.
pub(super) fn mapping(value: Value) -> Value {
    let deps = value.deps;
    Value::of(Kind::Mapping(value.into())).with_deps(deps)
}

/// The result of awaiting a value.
pub(super) fn awaited(value: &Value) -> Value {
    match &value.kind {
        Kind::Awaitable(inner) => (**inner).clone().with_deps(value.deps),
        _ => value.clone(),
    }
}

/// An awaitable that yields this value.
pub(super) fn awaitable(value: Value) -> Value {
    let deps = value.deps;
    Value::of(Kind::Awaitable(value.into())).with_deps(deps)
}
