//! How much business logic a function contains: its branches on the state of entities, its calculations on them, and
//! its changes to them.
//!
//! Counted narrowly. A branch that only rejects (raises, returns, answers with an error) is validation or error
//! mapping, and counts only together with other logic; one that shapes a response or a query decides nothing; one on
//! posted data, settings or the caller's identity belongs in a handler. What remains are branches on the state of an
//! entity that change, compute or start something.

mod guard;
mod subject;
mod walk;

use python::{ExprId, FunctionId};
use view::scope::Names;

use subject::Subjects;

/// The business logic of a function, each kind in source order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// Tests of branches on the state of entities, with an effect in the branch.
    pub(super) decisions: Vec<ExprId>,
    /// Tests of branches on the state of entities that only reject.
    pub(super) refusals: Vec<ExprId>,
    /// Arithmetic on attributes of entities.
    pub(super) calculations: Vec<ExprId>,
    /// The iterables of loops that change their elements.
    pub(super) loops: Vec<ExprId>,
    /// Rows written, deleted or registered.
    pub(super) writes: Vec<ExprId>,
    /// Assigned attributes of entities.
    pub(super) assignments: Vec<ExprId>,
}

impl Measure {
    /// The number of decisions and calculations. Rejections alone are validation.
    pub(super) fn logic(&self) -> usize {
        match self.decisions.len() + self.calculations.len() + self.loops.len() {
            0 => 0,
            own => own + self.refusals.len(),
        }
    }

    /// The number of changes.
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

/// Measures a function. In a handler, likely entities count as entities.
pub(super) fn measure(names: &Names<'_>, function: FunctionId, is_handler: bool) -> Measure {
    let body = names.cx.module.definitions[function].body;
    walk::walk(&Subjects { names, body, takes_likely: is_handler })
}
