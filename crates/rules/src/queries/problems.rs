//! The flow analysis' results for the functions of a module, with wording and places shared by the query rules.

mod fixes;
mod heat;
mod hops;
mod loops;
mod places;
mod wanted;

use flow::{Analysis, Callee, FunctionRef, Problem};
use model::ClassRef;
use python::Scope;
use rustc_hash::FxHashSet;
use source::Span;
use view::Context;

pub(super) use fixes::{await_fix, count_fix, fetch_fix, load_fix, load_in_class_fix, writes};
pub(crate) use heat::{COMMANDS, Heat, is_method_of_row};
pub(crate) use hops::{called, hops, name_of, written};
pub(crate) use loops::{PerLoop, by_loop};
pub(super) use places::{
    SHOWN, function_name, query_functions, query_place, relate_queries, relate_way, relationship_place,
};
pub(super) use wanted::{Want, Wanted, wish};

/// A problem with the function that contains it.
pub(crate) struct Found {
    /// The function that was analysed.
    pub(super) function: FunctionRef,
    /// What is wrong.
    pub(super) problem: Problem,
    /// Where.
    pub(super) span: Span,
}

/// The problems of all functions of the checked module. A nested function is analysed both by itself and where it is
/// called: what both analyses find is returned once.
pub(crate) fn problems(cx: &Context<'_>, is_wanted: impl Fn(&Problem) -> bool) -> Vec<Found> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    let functions =
        cx.module.definitions.functions().map(|(function, _)| FunctionRef { module: cx.id, function });
    let bodies = cx.module.definitions.classes().filter(|(_, class)| {
        class.scope == Scope::Module
            && flow::query::shows_rows(cx.db, cx.project, ClassRef::new(cx.id, class.name.clone()))
    });
    let bodies = bodies.map(|(class, _)| FunctionRef::of_class_body(cx.id, class));
    for function in functions.chain(bodies) {
        for callee in flow::ways_of(cx.db, cx.project, function) {
            for problem in analysis(cx, callee).problems.iter().filter(|problem| is_wanted(problem)) {
                let around = problem.around.as_ref().map(|(site, _)| *site);
                if seen.insert((problem.site, around, kind_key(problem))) {
                    let span = cx.module.spans.expr(problem.site.body, problem.site.expr);
                    found.push(Found { function, problem: problem.clone(), span });
                }
            }
        }
    }
    found
}

/// The flow analysis of a function, as it is called.
pub(crate) fn analysis(cx: &Context<'_>, callee: impl Into<Callee>) -> std::sync::Arc<Analysis> {
    flow::query::analysis_of(cx.db, cx.project, callee.into())
}

fn kind_key(problem: &Problem) -> String {
    use flow::ProblemKind::{BlocksInAsync, LazyInAsync, LazyPerRow, QueryPerRow};
    match &problem.kind {
        QueryPerRow { .. } => "query".to_owned(),
        LazyPerRow { owner, relationship, .. } => format!("lazy {} {relationship}", owner.name),
        LazyInAsync { owner, relationship, .. } => format!("async {} {relationship}", owner.name),
        BlocksInAsync { .. } => "blocks".to_owned(),
    }
}
