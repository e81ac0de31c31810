//! The functions that a module calls or registers while it is loaded.

use libraries::Entry;
use model::{ModuleId, Project};
use python::{Arg, Body, BodyId, Expr, ExprId, Stmt};
use rustc_hash::FxHashSet;

use crate::types::names::Evaluator;
use crate::{Db, FunctionRef, Kind};

/// What becomes of a function that a module calls or hands to a library while it is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Loaded {
    /// The caller calls it.
    By(Entry),
    /// A variable keeps what the library made of it (`sync = compose(load, extract)`): who calls that calls it.
    Kept,
}

/// The functions that a module calls or registers while it is loaded. Without duplicates, sorted.
pub(crate) fn at_import(db: &dyn Db, project: Project, module: ModuleId) -> Vec<(FunctionRef, Loaded)> {
    let file = model::query::file_of(db, project, module);
    // The body of the module is the first one.
    let Some(body) = python::query::body(db, file, BodyId(0)) else { return Vec::new() };
    let evaluator = Evaluator::new(db, project, module, &body.exprs);
    let function = |expr: ExprId| match evaluator.value(expr).kind {
        Kind::Function(function) | Kind::Method(_, function) => Some(function),
        _ => None,
    };
    let kept = kept_calls(&body, &evaluator);
    let mut found = Vec::new();
    for (expr, id) in body.exprs.list.iter().zip(0..).map(|(expr, id)| (expr, ExprId(id))) {
        let Expr::Call { callee, args } = expr else { continue };
        if let Some(called) = function(*callee) {
            found.push((called, Loaded::By(Entry::Command)));
        }
        // `FastAPI(lifespan=start)`
        let starts = args.iter().filter(|arg| matches!(arg, Arg::Keyword(name, _) if is_start(name)));
        found.extend(
            starts
                .filter_map(|arg| function(arg.value()))
                .map(|function| (function, Loaded::By(Entry::Command))),
        );
        let args = args.iter().filter(|arg| !matches!(arg, Arg::Keyword(name, _) if is_start(name)));
        let mut given: Vec<FunctionRef> = Vec::new();
        args.for_each(|arg| functions_in(&evaluator.value(arg.value()).kind, &mut given));
        if given.is_empty() {
            continue;
        }
        let entry = match &body[*callee] {
            Expr::Attribute { name, .. } => libraries::takes_callback(name),
            _ => None,
        };
        let by_library = || match evaluator.value(*callee).kind {
            Kind::Foreign(name) | Kind::ForeignInstance(name) => libraries::entry(&name),
            _ => None,
        };
        let unknown = if kept.contains(&id) { Loaded::Kept } else { Loaded::By(Entry::Request) };
        let entry = entry.or_else(by_library).map_or(unknown, Loaded::By);
        found.extend(given.into_iter().map(|function| (function, entry)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The calls in what module-level variables keep that a library made of functions.
fn kept_calls(body: &Body, evaluator: &Evaluator<'_>) -> FxHashSet<ExprId> {
    let mut kept = FxHashSet::default();
    let assigned = body.root.iter().filter_map(|stmt| match &body.stmts[stmt.0 as usize] {
        Stmt::Assign { value, .. } => *value,
        _ => None,
    });
    let calls = assigned.filter(|value| matches!(body[*value], Expr::Call { .. }));
    let mut open: Vec<ExprId> = calls.filter(|call| is_kept(&evaluator.value(*call).kind)).collect();
    while let Some(expr) = open.pop() {
        if let Expr::Call { callee, args } = &body[expr]
            && kept.insert(expr)
        {
            open.push(*callee);
            open.extend(args.iter().map(Arg::value));
        }
    }
    kept
}

/// Adds the functions that calling a value calls.
fn functions_in(kind: &Kind, found: &mut Vec<FunctionRef>) {
    match kind {
        Kind::Function(function) | Kind::Method(_, function) => found.push(*function),
        Kind::Partial(function, _) => functions_in(&function.kind, found),
        Kind::Composed(functions) => functions.iter().for_each(|value| functions_in(&value.kind, found)),
        _ => {}
    }
}

/// Whether a value is called by whoever has it.
fn is_kept(kind: &Kind) -> bool {
    matches!(kind, Kind::Composed(_) | Kind::Partial(..))
}

/// Whether an argument with this name runs at program start or shutdown.
fn is_start(name: &str) -> bool {
    matches!(name, "lifespan" | "on_startup" | "on_shutdown" | "startup" | "shutdown")
}
