//! What a framework runs to render the rows that a handler returns.

use model::{ClassRef, Project};
use python::Name;

use super::{Step, StepKind};
use crate::{Bound, Db, FunctionRef, ModelRef, ProblemKind};

/// The same query is shown at most so often.
const MOST: u32 = 8;

/// One loop step for each query that rendering runs per row.
pub(super) fn of_function(db: &dyn Db, project: Project, function: FunctionRef) -> Vec<Step> {
    crate::cost::rendered_queries(db, project, function)
        .into_iter()
        .flat_map(|query| std::iter::repeat_n(query.clone(), query.times.min(MOST) as usize))
        .map(|query| {
            let (what, model) = words(&query.kind);
            let mut step =
                Step { kind: StepKind::Query { what, model, is_write: false, is_memo: false }, place: None };
            for label in query.factors.into_iter().rev() {
                let each: Name = python::naming::singular(&label);
                let kind = StepKind::Loop { each, label, bound: Bound::Data, steps: vec![step] };
                step = Step { kind, place: None };
            }
            step
        })
        .collect()
}

fn words(kind: &ProblemKind) -> (Name, ModelRef) {
    match kind {
        ProblemKind::QueryPerRow { what, model } => (what.clone(), model.clone()),
        ProblemKind::LazyPerRow { owner, relationship, .. }
        | ProblemKind::LazyInAsync { owner, relationship, .. } => {
            (format!("{}.{relationship}", owner.name).into(), owner_of(owner))
        }
        ProblemKind::BlocksInAsync { what } => (what.clone(), ModelRef::Unknown),
    }
}

fn owner_of(owner: &ClassRef) -> ModelRef {
    ModelRef::Known(owner.clone())
}
