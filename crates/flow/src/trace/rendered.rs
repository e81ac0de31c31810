//! The queries that a framework runs to render the rows returned by a handler.

use model::{ClassRef, Project};
use python::Name;

use super::{Step, StepKind};
use crate::cost::RenderedQuery;
use crate::cost::answered::Rows;
use crate::{Bound, Callee, Db, FunctionRef, ModelRef, ProblemKind};

/// The same query is shown at most this many times.
const MOST: u32 = 8;

/// The steps of rendering a handler's return value: one loop for each query that runs per row.
pub(super) fn of_handler(db: &dyn Db, project: Project, handler: Callee) -> Vec<Step> {
    let queries = crate::cost::rendered_queries(db, project, handler);
    let queries = queries.into_iter().map(|query| RenderedQuery { by: None, ..query });
    steps(queries.collect(), |_| StepKind::Yield)
}

/// The query for the rows of a view's response, and those for the rows loaded with them.
pub(super) fn fetched(rows: &Rows) -> Vec<Step> {
    let model = rows.model.clone().map_or(ModelRef::Unknown, ModelRef::Known);
    let what: Name = match &rows.model {
        Some(class) => format!("a query for {}", class.name).into(),
        None => "a query".into(),
    };
    let counted = rows.is_counted.then(|| {
        let what = match &rows.model {
            Some(class) => format!("a count of {}", class.name).into(),
            None => "a count".into(),
        };
        (what, model.clone())
    });
    let apart = rows.apart.iter().map(|(owner, relationship)| {
        (format!("the load of {}.{relationship}", owner.name).into(), owner_of(owner))
    });
    counted.into_iter().chain([(what, model)]).chain(apart).map(|(what, model)| query(what, model)).collect()
}

/// One loop step for each query, or for the function that runs it; each function only once.
pub(super) fn steps(
    queries: Vec<RenderedQuery>,
    mut called: impl FnMut(FunctionRef) -> StepKind,
) -> Vec<Step> {
    let mut told: Vec<FunctionRef> = Vec::new();
    let mut steps = Vec::new();
    for rendered in queries {
        let (times, inner) = match rendered.by {
            Some(function) if told.contains(&function) => continue,
            Some(function) => {
                told.push(function);
                (1, Step { kind: called(function), place: None })
            }
            None => {
                let (what, model) = words(&rendered.kind);
                (rendered.times.min(MOST), query(what, model))
            }
        };
        let looped = rendered.factors.into_iter().rev().fold(inner, |step, label| {
            let each: Name = python::naming::singular(&label);
            let kind = StepKind::Loop { each, label, bound: Bound::Data, steps: vec![step] };
            Step { kind, place: None }
        });
        steps.extend(std::iter::repeat_n(looped, times as usize));
    }
    steps
}

fn query(what: Name, model: ModelRef) -> Step {
    Step { kind: StepKind::Query { what, model, is_write: false, is_memo: false }, place: None }
}

fn words(kind: &ProblemKind) -> (Name, ModelRef) {
    match kind {
        ProblemKind::QueryPerRow { what, model } => (what.clone(), model.clone()),
        ProblemKind::LazyPerRow { owner, relationship, .. }
        | ProblemKind::LazyInAsync { owner, relationship, .. } => {
            (format!("{}.{relationship}", owner.name).into(), owner_of(owner))
        }
        ProblemKind::BlocksInAsync { what, .. } => (what.clone(), ModelRef::Unknown),
    }
}

fn owner_of(owner: &ClassRef) -> ModelRef {
    ModelRef::Known(owner.clone())
}
