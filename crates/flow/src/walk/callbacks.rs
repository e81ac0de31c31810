//! The functions that a body mentions without calling them directly: a function that is passed on is called elsewhere.

use libraries::Entry;
use python::{Expr, ExprId, Name};

use super::Walker;
use crate::{FunctionRef, Kind, Value};

/// The maximum number kept for one function.
const MAX_CALLBACKS: usize = 128;
/// The maximum number of registry entries that are examined.
const MAX_ENTRIES: usize = 64;
/// Methods with shorter names than this are too common to be meaningful.
const TELLING: usize = 6;

impl Walker<'_> {
    /// Records the function that a value denotes.
    pub(super) fn notes_functions(&mut self, value: &Value) {
        match &value.kind {
            Kind::Function(function) | Kind::Method(_, function) => self.notes_function(*function),
            Kind::Partial(inner, _) => {
                if let Kind::Function(function) | Kind::Method(_, function) = &inner.kind {
                    self.notes_function(*function);
                }
            }
            Kind::Composed(functions) => functions.iter().for_each(|function| self.notes_functions(function)),
            _ => {}
        }
    }

    /// Records the functions in a module-level variable: `HANDLERS = {"paid": on_paid}`.
    pub(super) fn notes_registry(&mut self, value: &Value) {
        match &value.kind {
            Kind::Tuple(parts) => {
                for part in parts.iter().take(MAX_ENTRIES) {
                    self.notes_functions(part);
                }
            }
            Kind::Record(entries) => {
                for (_, entry) in entries.iter().take(MAX_ENTRIES) {
                    self.notes_functions(entry);
                }
            }
            Kind::Mapping(one) | Kind::Many(one) => self.notes_functions(one),
            _ => {}
        }
    }

    pub(super) fn notes_function(&mut self, function: FunctionRef) {
        if self.recorder.callbacks.len() < MAX_CALLBACKS
            && !self.recorder.callbacks.contains(&(function, None))
        {
            self.recorder.callbacks.push((function, None));
        }
    }

    /// Marks the functions mentioned since `known` as called by the recipient that the method implies:
    /// `queue.enqueue(send)`, `send.delay()`.
    pub(super) fn passes_callbacks_by(&mut self, method: &Name, known: usize) {
        self.passes_callbacks_to(libraries::takes_callback(method), known);
    }

    pub(super) fn passes_callbacks_to(&mut self, entry: Option<Entry>, known: usize) {
        if entry.is_some() {
            for (_, by) in self.recorder.callbacks.iter_mut().skip(known) {
                *by = by.or(entry);
            }
        }
    }

    /// Records the name of a method called on an unknown value.
    pub(super) fn notes_unresolved(&mut self, call: ExprId) {
        let Expr::Call { callee, .. } = &self.body[call] else { return };
        let Expr::Attribute { name, .. } = &self.body[*callee] else { return };
        let is_telling = name.len() >= TELLING && !name.starts_with("__");
        if is_telling
            && self.recorder.unresolved.len() < MAX_CALLBACKS
            && !self.recorder.unresolved.contains(name)
        {
            self.recorder.unresolved.push(name.clone());
        }
    }
}
