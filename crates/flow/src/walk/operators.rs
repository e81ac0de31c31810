//! Operator overloading: `newest > state` calls a method of the row.

use model::ClassRef;
use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::library::builtins::own_method;
use crate::{FunctionRef, Kind, Value};

/// Operators with their special methods.
const METHODS: &[(&str, &str)] = &[
    ("<", "__lt__"),
    ("<=", "__le__"),
    (">", "__gt__"),
    (">=", "__ge__"),
    ("==", "__eq__"),
    ("!=", "__ne__"),
    ("+", "__add__"),
    ("-", "__sub__"),
];

/// The methods by which objects are ordered.
const ORDER: &[&str] = &["__lt__", "__le__", "__gt__", "__ge__"];

impl Walker<'_> {
    /// Calls the project method that implements an operator for the class of `left`.
    pub(super) fn operator(&mut self, expr: ExprId, left: &Value, op: &Name, right: (&Value, ExprId)) {
        // `line in order` asks the right side.
        if op == "in" || op == "not in" {
            let function = own_method(self, right.0, &["__contains__"]);
            return self.call_operator(expr, right.0, function, (left, expr));
        }
        let Some((_, name)) = METHODS.iter().find(|(sign, _)| op == sign) else { return };
        let function = own_method(self, left, &[name]).or_else(|| {
            let is_filled_in =
                ORDER.contains(name) && left.instance_of().is_some_and(|class| self.is_ordered_by_one(class));
            own_method(self, left, if is_filled_in { ORDER } else { &[] })
        });
        self.call_operator(expr, left, function, right);
    }

    /// Whether the other comparisons of a class are made of the one that it defines: `@total_ordering`.
    fn is_ordered_by_one(&self, class: &ClassRef) -> bool {
        crate::serializers::Written::with_ancestors(self.db, self.project, class).iter().any(|written| {
            written.definitions[written.id].decorators.iter().any(|decorator| {
                let held = written.value(self.db, self.project, *decorator);
                matches!(held.kind, Kind::Foreign(full) if full == "functools.total_ordering")
            })
        })
    }

    fn call_operator(
        &mut self,
        expr: ExprId,
        receiver: &Value,
        function: Option<FunctionRef>,
        (other, at): (&Value, ExprId),
    ) {
        let Some(function) = function else { return };
        let method = Value::of(Kind::Method(receiver.clone().into(), function));
        let arguments = Arguments { positional: vec![(other.clone(), at)], ..Arguments::default() };
        self.call(expr, &method, &arguments);
    }
}
