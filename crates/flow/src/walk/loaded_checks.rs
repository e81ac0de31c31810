//! Conditions that check whether a relationship of a row is in memory: where they hold, reading it runs no query.

use python::{Arg, Expr, ExprId, Literal, Name};

use super::Walker;

/// Maximum depth to which conditions are followed.
const MAX_DEPTH: usize = 16;

impl Walker<'_> {
    /// Records which relationships are in memory where a condition holds, or where it doesn't.
    pub(super) fn narrow_loaded(&mut self, test: ExprId, holds: bool) {
        let mut found = Vec::new();
        self.in_memory(test, holds, 0, &mut found);
        for (row, name) in found {
            self.gives(row, name.as_deref());
        }
        self.narrow_kind(test, holds);
    }

    /// Runs `act` for code that is evaluated only where a condition holds, or only where it doesn't.
    pub(super) fn knowing<T>(&mut self, test: ExprId, holds: bool, act: impl FnOnce(&mut Self) -> T) -> T {
        let mut found = Vec::new();
        self.in_memory(test, holds, 0, &mut found);
        let mut empty = Vec::new();
        self.null_keys(test, holds, 0, &mut empty);
        if found.is_empty() && empty.is_empty() && self.kinds_of(test, holds, 0).is_empty() {
            return act(self);
        }
        let outside = self.environment.clone();
        self.narrow_null(test, holds);
        self.narrow_loaded(test, holds);
        let done = act(self);
        self.environment = outside;
        done
    }

    /// The rows and relationships that are in memory where `test` holds or doesn't; any relationship if the name isn't
    /// a literal.
    fn in_memory(&self, test: ExprId, holds: bool, depth: usize, out: &mut Vec<(ExprId, Option<Name>)>) {
        if depth > MAX_DEPTH {
            return;
        }
        let body = &self.body;
        match &body[test] {
            Expr::Unary { op, operand } if op == "not" => self.in_memory(*operand, !holds, depth + 1, out),
            Expr::Bool { is_and, left, right } if *is_and == holds => {
                self.in_memory(*left, holds, depth + 1, out);
                self.in_memory(*right, holds, depth + 1, out);
            }
            // `Order.customer.is_cached(order)`, `Order._meta.get_field("customer").is_cached(order)`
            Expr::Call { callee, args } if holds => {
                let Expr::Attribute { value, name } = &body[*callee] else { return };
                let [Arg::Positional(row)] = &**args else { return };
                let field = match &body[*value] {
                    Expr::Attribute { name, .. } => Some(name.clone()),
                    Expr::Call { args, .. } => match args.first().map(|first| &body[first.value()]) {
                        Some(Expr::Literal(Literal::Str(name))) => Some(name.clone()),
                        _ => None,
                    },
                    _ => None,
                };
                if name == "is_cached" && field.is_some() {
                    out.push((*row, field));
                }
            }
            Expr::Compare { first, rest } => {
                let [(op, place)] = &**rest else { return };
                let is_in = match op.as_str() {
                    "in" => holds,
                    "not in" => !holds,
                    _ => return,
                };
                let name = match &body[*first] {
                    Expr::Literal(Literal::Str(name)) => Some(name.clone()),
                    _ => None,
                };
                if let Some((row, has_it)) = self.place_of_loaded(*place)
                    && has_it == is_in
                {
                    out.push((row, name));
                }
            }
            _ => {}
        }
    }

    /// The row whose loaded or unloaded attributes an expression denotes, and whether it is the loaded ones.
    fn place_of_loaded(&self, place: ExprId) -> Option<(ExprId, bool)> {
        let body = &self.body;
        match &body[place] {
            // `shoe.__dict__`
            Expr::Attribute { value, name } if name == "__dict__" => Some((*value, true)),
            // `shoe._state.fields_cache`
            Expr::Attribute { value, name } if name == "fields_cache" => match &body[*value] {
                Expr::Attribute { value: row, name } if name == "_state" => Some((*row, true)),
                _ => None,
            },
            // `inspect(shoe).unloaded`, `inspect(shoe).dict`
            Expr::Attribute { value, name } if matches!(name.as_str(), "unloaded" | "dict") => {
                let row = self
                    .argument_of(*value, "inspect")
                    .or_else(|| self.argument_of(*value, "instance_state"))?;
                Some((row, name == "dict"))
            }
            // `vars(shoe)`
            Expr::Call { .. } => Some((self.argument_of(place, "vars")?, true)),
            _ => None,
        }
    }

    /// The only argument of a call of a function with this name, in whatever module; also if the expression is a name
    /// that holds the result of such a call.
    fn argument_of(&self, call: ExprId, function: &str) -> Option<ExprId> {
        let call = match &self.body[call] {
            Expr::Name(name) => self.body.assigned_once(name)?,
            _ => call,
        };
        let Expr::Call { callee, args } = &self.body[call] else { return None };
        let (Expr::Name(name) | Expr::Attribute { name, .. }) = &self.body[*callee] else { return None };
        match &**args {
            [Arg::Positional(only)] if name == function => Some(*only),
            _ => None,
        }
    }
}
