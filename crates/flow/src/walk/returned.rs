//! What a function returns, as whoever gets it finds it.

use python::{Arg, Expr, ExprId, Literal, Name};

use super::Walker;
use super::environment::on_rows;
use crate::{Kind, Loads, Value};

/// Statuses below this one are those of answers that succeed.
const FIRST_OTHER: i64 = 300;

impl Walker<'_> {
    /// What a view of Django Ninja answers with: `return 200, orders` says the status, too. `None` if it answers with an
    /// error.
    pub(super) fn answered(&self, returned: ExprId) -> Option<ExprId> {
        let Expr::Tuple(parts) = &self.body[returned] else { return Some(returned) };
        let [status, answer] = **parts else { return Some(returned) };
        let Expr::Literal(Literal::Int(status)) = &self.body[status] else { return Some(returned) };
        if self.around.inner > 0 || !self.declares_responses() {
            return Some(returned);
        }
        (*status < FIRST_OTHER).then_some(answer)
    }

    /// Whether a decorator declares what the function answers with: `@api.get("/orders", response={200: list[OrderOut]})`.
    fn declares_responses(&self) -> bool {
        let facts = self.definitions.functions.get(self.function.function.0 as usize);
        facts.is_some_and(|facts| {
            facts.decorators.iter().any(|decorator| match &self.definitions[*decorator] {
                Expr::Call { args, .. } => {
                    args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "response"))
                }
                _ => false,
            })
        })
    }

    /// `value`, which `expr` names, with what was read of its rows: whoever gets it finds that in memory.
    pub(super) fn with_what_was_read(&self, expr: ExprId, mut value: Value) -> Value {
        let Expr::Name(name) = &self.body[expr] else { return value };
        let is_one = !matches!(value.kind, Kind::Many(_));
        let holder = if is_one { name.clone() } else { format!("{name}[]").into() };
        let read: Vec<Name> = self.environment.own_attributes_read_of(&holder).collect();
        on_rows(&mut value, &mut |row| {
            for name in &read {
                if row.loads.get(name).is_none() {
                    row.loads.put(name.clone(), Loads::default());
                }
            }
        });
        value
    }

    /// Records the query that a `return` hands to whoever iterates it, or each of those that the returned name may hold.
    pub(super) fn returns_query(&mut self, returned: Option<ExprId>, value: &Value) {
        if self.around.inner > 0 {
            return;
        }
        let Kind::Query(query) = &value.kind else { return };
        let ways = match returned.map(|expr| &self.body[expr]) {
            Some(Expr::Name(name)) => self.environment.either_of(name).to_vec(),
            _ => Vec::new(),
        };
        let ways = if ways.is_empty() { vec![query.clone()] } else { ways };
        for way in ways {
            let way = crate::bind::without_loops(&Value::of(Kind::Query(way)));
            if let Kind::Query(query) = way.kind
                && self.recorder.returned_queries.len() < super::MAX_ARMS
            {
                self.recorder.returned_queries.push((*query).clone());
            }
        }
    }
}
