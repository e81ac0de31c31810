//! What a walk has found so far, and how to forget the last of it.

use model::ClassRef;
use python::Name;

use super::{pending, remote, touched};
use crate::{
    Analysis, Callee, Effect, FunctionRef, ModelRef, Modifying, Problem, QueryRef, QueryState, Site, Summary,
};

/// What a walk has found so far. Most lists only grow, so that a [`Mark`] is their lengths.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    pub(super) effects: Vec<Effect>,
    /// Of each effect, where it happens and which effect of which callee it is.
    pub(super) hops: Vec<(Site, Option<(Callee, u16)>)>,
    /// Writes that are marked but not sent yet.
    pub(super) writes: pending::Writes,
    pub(super) queries: Vec<Site>,
    pub(super) models: Vec<ModelRef>,
    pub(super) problems: Vec<Problem>,
    pub(super) calls: Vec<(Site, FunctionRef)>,
    pub(super) callbacks: Vec<(FunctionRef, Option<libraries::Entry>)>,
    pub(super) unresolved: Vec<Name>,
    /// The network requests sent.
    pub(super) remote: remote::Remote,
    /// The iterables of loops that write in their rounds.
    pub(super) written: Vec<Site>,
    /// The calls and problems that only requests reach that modify.
    pub(super) modifying: Vec<Modifying>,
    pub(super) changes: Vec<(Site, ClassRef, Name)>,
    /// Which queries ran inside which loops. Problems with rows fetched by a query per row are already covered by that
    /// query.
    pub(super) ran: Vec<(QueryRef, Site)>,
    pub(super) whole: Vec<QueryRef>,
    /// The queries whose rows a paginator has counted.
    pub(super) counted: Vec<QueryRef>,
    /// The querysets among what is returned.
    pub(super) returned_queries: Vec<QueryState>,
    pub(super) touched: Vec<touched::Touched>,
    /// The observed calls, if they are requested.
    pub(super) seen: Option<Vec<(Site, super::Seen)>>,
}

/// A moment of a walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) effects: usize,
    pub(super) problems: usize,
    calls: usize,
    whole: usize,
    counted: usize,
    touched: usize,
}

impl Recorder {
    /// This moment.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            effects: self.effects.len(),
            problems: self.problems.len(),
            calls: self.calls.len(),
            whole: self.whole.len(),
            counted: self.counted.len(),
            touched: self.touched.len(),
        }
    }

    /// Forgets what happened since `mark`.
    pub(super) fn rewind(&mut self, mark: Mark) {
        self.forget_effects(mark.effects);
        self.problems.truncate(mark.problems);
        self.calls.truncate(mark.calls);
        self.whole.truncate(mark.whole);
        self.counted.truncate(mark.counted);
        self.touched.truncate(mark.touched);
    }

    /// Forgets the effects from the one with this index on. Whom the code calls is still known.
    pub(super) fn forget_effects(&mut self, first: usize) {
        self.effects.truncate(first);
        self.hops.truncate(first);
    }

    /// What rules read, with the summary that callers read.
    pub(super) fn into_analysis(self, summary: impl FnOnce(Vec<Effect>) -> Summary) -> Analysis {
        Analysis {
            summary: std::sync::Arc::new(summary(self.effects)),
            hops: self.hops,
            queries: self.queries,
            whole: self.whole,
            models: self.models,
            returned: self.returned_queries,
            problems: self.problems,
            calls: self.calls,
            callbacks: self.callbacks,
            unresolved: self.unresolved,
            remote: self.remote.loops,
            written: self.written,
            modifying: self.modifying,
            changes: self.changes,
        }
    }
}
