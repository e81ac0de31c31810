//! What a function returns, as whoever gets it finds it.

use python::{Expr, ExprId, Name};

use super::Walker;
use super::environment::on_rows;
use crate::{Kind, Loads, Value};

impl Walker<'_> {
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
        let query = match &value.kind {
            Kind::Query(query) => query,
            // `return 200, orders`
            Kind::Tuple(parts) => match parts.as_ref() {
                [_, Value { kind: Kind::Query(query), .. }] => query,
                _ => return,
            },
            _ => return,
        };
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
