//! What a query loads on some of the ways through a function only: the parameter that decides, and what callers make of
//! it. `if deep: query = query.options(joinedload(Order.customer))`.

use std::sync::Arc;

use model::ModuleId;
use python::{ExprArena, Name};

use super::Walker;
use super::environment::Environment;
use super::guards::{Verdict, all};
use crate::{Guard, Kind, Loads, Value};

/// A relationship that the rows of only one of two values are loaded with, whether it is those of the first, and the
/// condition under which they are, where that depends on one already.
pub(super) type OfOne = (Name, bool, Option<Guard>);

impl Walker<'_> {
    /// Joins what two arms of a branch leave, of which the first is taken where `guard` holds.
    pub(super) fn join_under(
        guard: Option<&Guard>,
        otherwise: Option<&Guard>,
        first: Environment,
        second: Environment,
    ) -> Environment {
        let differing = match guard.or(otherwise) {
            Some(_) => first.loaded_otherwise(&second),
            None => Vec::new(),
        };
        let mut joined = first.join(second);
        for (name, relationships) in differing {
            if let Some(value) = joined.get(&name) {
                let decided = decided(value.clone(), &relationships, guard, otherwise);
                joined.refine(&name, decided);
            }
        }
        joined
    }

    /// What a function returns on one of several ways: `before` are the earlier ones.
    pub(super) fn join_returned(&self, before: &Value, value: &Value) -> Value {
        let joined = before.join(value);
        let [guard] = self.around.guards.as_slice() else { return joined };
        let differing = loaded_in_one(before, value);
        decided(joined, &differing, Some(&guard.clone().negated()), Some(guard))
    }

    /// What a callee of `module` returned, with what its arguments decide.
    pub(super) fn settle_loads(
        &self,
        value: Value,
        (module, facts, exprs): (ModuleId, Option<&python::Function>, &ExprArena),
        bound: &[Option<Value>],
    ) -> Value {
        let mut settle = |loads: &mut Loads| {
            loads.relationships.retain(|_, loads| {
                let Some(guard) = loads.when.take() else { return true };
                match self.verdict(&guard, module, facts, exprs, bound) {
                    Verdict::Holds => loads.is_sometimes = false,
                    Verdict::Fails => return false,
                    Verdict::OfCallers(guard) => loads.when = Some(Box::new(guard)),
                    Verdict::Open => {}
                }
                true
            });
        };
        change_loads(value, &mut settle)
    }
}

/// Notes at a joined value which condition decides whether its rows are loaded with these.
fn decided(value: Value, differing: &[OfOne], first: Option<&Guard>, second: Option<&Guard>) -> Value {
    if differing.is_empty() {
        return value;
    }
    change_loads(value, &mut |loads| {
        for (name, is_of_first, within) in differing {
            let guard = if *is_of_first { first } else { second }.cloned();
            // `elif`: the first condition fails, and the second holds.
            let guard = match (guard, within) {
                (Some(guard), Some(within)) => all(vec![guard, within.clone()]),
                (guard, _) => guard,
            };
            if let Some(loads) = loads.relationships.get_mut(name).filter(|loads| loads.is_sometimes) {
                loads.when = guard.map(Box::new);
            }
        }
    })
}

/// The relationships that the rows of only one of two values are loaded with.
pub(super) fn loaded_in_one(first: &Value, second: &Value) -> Vec<OfOne> {
    let (Some(left), Some(right)) = (loads_of(first), loads_of(second)) else { return Vec::new() };
    let lacking = |one: &Loads, other: &Loads, is_of_first: bool| -> Vec<OfOne> {
        let missing = one.relationships.keys().filter(|name| other.get(name).is_none() && !other.is_open);
        let within = |name: &Name| one.get(name).and_then(|loads| loads.when.as_deref().cloned());
        missing.map(|name| (name.clone(), is_of_first, within(name))).collect()
    };
    let mut found = lacking(left, right, true);
    found.extend(lacking(right, left, false));
    found
}

fn loads_of(value: &Value) -> Option<&Loads> {
    match &value.kind {
        Kind::Query(query) => Some(&query.loads),
        Kind::Entity(row) => Some(&row.loads),
        Kind::Many(row) | Kind::Awaitable(row) => loads_of(row),
        _ => None,
    }
}

/// Changes what the rows of a value are loaded with, or the rows inside of it.
fn change_loads(mut value: Value, change: &mut dyn FnMut(&mut Loads)) -> Value {
    let is_open = |loads: &Loads| loads.relationships.values().any(|loads| loads.is_sometimes);
    match &mut value.kind {
        Kind::Query(query) if is_open(&query.loads) => change(&mut Arc::make_mut(query).loads),
        Kind::Entity(row) if is_open(&row.loads) => change(&mut row.loads),
        Kind::Many(inner) | Kind::Awaitable(inner) | Kind::Mapping(inner) => {
            *inner = change_loads((**inner).clone(), change).into();
        }
        // `return orders, total`
        Kind::Tuple(parts) if parts.iter().any(|part| loads_of(part).is_some_and(is_open)) => {
            *parts = parts.iter().map(|part| change_loads(part.clone(), change)).collect();
        }
        Kind::Record(entries) if entries.iter().any(|(_, part)| loads_of(part).is_some_and(is_open)) => {
            let changed = |(name, part): &(Name, Value)| (name.clone(), change_loads(part.clone(), change));
            *entries = entries.iter().map(changed).collect();
        }
        _ => {}
    }
    value
}
