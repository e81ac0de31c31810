//! How much a function decides about the business: which branches it takes on the state of entities, what it computes from
//! them, and what it changes.
//!
//! Counted narrowly. A branch that only refuses (raises, returns, answers with an error) is validation or the mapping of an
//! error, and counts only beside something else; one that shapes an answer or a query decides nothing; one on what was
//! posted, on settings or on who is calling is the business of a handler. What is left are branches on the state of an
//! entity that change, compute or start something.

mod guard;
mod subject;
mod walk;

use python::{ExprId, FunctionId};
use view::scope::Names;

use subject::Subjects;

/// What a function does about the business, each in source order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// Tests of branches on the state of entities, with an effect in the branch.
    pub(super) decisions: Vec<ExprId>,
    /// The same where the branch refuses.
    pub(super) refusals: Vec<ExprId>,
    /// Arithmetic on attributes of entities.
    pub(super) calculations: Vec<ExprId>,
    /// What is walked by loops that change their elements.
    pub(super) loops: Vec<ExprId>,
    /// Rows that are written, deleted, registered.
    pub(super) writes: Vec<ExprId>,
    /// Attributes of entities that are assigned.
    pub(super) assignments: Vec<ExprId>,
}

impl Measure {
    /// What it decides and computes. Refusing alone is validation.
    pub(super) fn logic(&self) -> usize {
        match self.decisions.len() + self.calculations.len() + self.loops.len() {
            0 => 0,
            own => own + self.refusals.len(),
        }
    }

    /// What it changes.
    pub(super) fn changes(&self) -> usize {
        self.writes.len() + self.assignments.len()
    }

    /// `7 decisions, 2 calculations, 3 writes`
    pub(super) fn in_words(&self) -> String {
        let counts = [
            (self.decisions.len(), "decision"),
            (self.refusals.len(), "refusal"),
            (self.calculations.len(), "calculation"),
            (self.loops.len(), "loop that changes rows"),
            (self.changes(), "change"),
        ];
        let words: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| match (count, *word) {
                (1, word) => format!("1 {word}"),
                (count, "loop that changes rows") => format!("{count} loops that change rows"),
                (count, word) => format!("{count} {word}s"),
            })
            .collect();
        words.join(", ")
    }
}

/// What a function does about the business. In a handler, what is likely an entity is taken for one.
pub(super) fn measure(names: &Names<'_>, function: FunctionId, is_handler: bool) -> Measure {
    let body = names.cx.module.definitions[function].body;
    walk::walk(&Subjects { names, body, takes_likely: is_handler })
}
