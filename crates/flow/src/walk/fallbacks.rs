//! Parameters that stand for rows of the function's own where a caller gives none:
//! `if orders is None: orders = Order.objects.all()`. What is read of them is for callers to judge: whoever leaves the
//! argument out gets these rows.

use python::ExprId;

use super::Walker;
use super::environment::Environment;
use super::guards::of_parameter;
use crate::{Asks, Guard, Kind, Origin, Value};

/// A parameter is filled in at so many places at most.
const MAX_FALLBACKS: usize = 4;

impl Walker<'_> {
    /// Keeps a parameter what callers give after a branch that fills it in where nothing is given. `held` are the names
    /// after the arm where `holds` does, `failed` those after the other.
    pub(super) fn falls_back(
        &mut self,
        holds: Option<&Guard>,
        held: &mut Environment,
        failed: &mut Environment,
    ) {
        let Some(guard) = holds.filter(|guard| asks_presence(guard)) else { return };
        let is_param = |value: &Value| may_be_given(value) == Some(guard.param);
        let rows =
            if guard.is_given { failed.give_way(held, &is_param) } else { held.give_way(failed, &is_param) };
        for rows in &rows {
            self.note_fallback(guard.param, rows);
        }
    }

    /// Whether `given` is a parameter and `other` are rows that it stands for where it isn't given.
    pub(super) fn takes_instead(&mut self, given: &Value, other: &Value) -> bool {
        let Some(param) = may_be_given(given).filter(|_| are_rows(other)) else { return false };
        self.note_fallback(param, other);
        true
    }

    /// Whether a parameter is missing where `test` holds (`true`) or where it fails. `None` if it asks something else.
    pub(super) fn is_missing_where(&self, test: ExprId) -> Option<bool> {
        self.guard_of(test).filter(asks_presence).map(|guard| !guard.is_given)
    }

    fn note_fallback(&mut self, param: u16, rows: &Value) {
        // Inside a nested function the parameter is another one's.
        if self.around.inner > 0 {
            return;
        }
        let mut rows = crate::bind::without_loops(rows);
        rows.path = None;
        let fallbacks = &mut self.answer.fallbacks;
        match fallbacks.iter().position(|(known, _)| *known == param) {
            Some(at) => fallbacks[at].1 = fallbacks[at].1.join(&rows),
            None if fallbacks.len() < MAX_FALLBACKS => fallbacks.push((param, rows)),
            None => {}
        }
    }
}

/// Whether a condition asks whether an argument is given.
fn asks_presence(guard: &Guard) -> bool {
    matches!(guard.asks, Asks::Truth | Asks::Presence)
}

/// The parameter that a value is, if nothing but the callers knows what is loaded with it.
fn may_be_given(value: &Value) -> Option<u16> {
    let is_open = match &value.kind {
        Kind::Unknown => true,
        Kind::Many(row) => matches!(&row.kind, Kind::Entity(row) if row.origin == Origin::Declared),
        _ => false,
    };
    of_parameter(value).filter(|_| is_open)
}

/// Whether a value is a query of the function's own, or rows that it fetched.
pub(super) fn are_rows(value: &Value) -> bool {
    match &value.kind {
        Kind::Query(query) => query.base.is_none(),
        Kind::Many(row) => matches!(&row.kind, Kind::Entity(row) if matches!(row.origin, Origin::Query(_))),
        _ => false,
    }
}
