//! Operator overloading: `newest > state` calls a method of the row.

use python::{ExprId, Name};

use super::Walker;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Kind, Value};

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

impl Walker<'_> {
    /// Calls the project method that implements an operator for the class of `left`.
    pub(super) fn operator(&mut self, expr: ExprId, left: &Value, op: &Name, right: (&Value, ExprId)) {
        let Some((_, name)) = METHODS.iter().find(|(sign, _)| op == sign) else { return };
        let class = match &left.kind {
            Kind::Entity(row) => row.model.class(),
            Kind::Instance(class, _) => Some(class),
            _ => None,
        };
        let member =
            class.and_then(|class| crate::types::classes::member(self.db, self.project, class, name));
        if let Some(Member::Method { function, .. }) = member {
            let method = Value::of(Kind::Method(left.clone().into(), function));
            let arguments =
                Arguments { positional: vec![(right.0.clone(), right.1)], ..Arguments::default() };
            self.call(expr, &method, &arguments);
        }
    }
}
