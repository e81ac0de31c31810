//! The functions that a module calls or registers while it is loaded.

use libraries::Entry;
use model::{ModuleId, Project};
use python::{Arg, BodyId, Expr, ExprId};

use crate::types::names::Evaluator;
use crate::{Db, FunctionRef, Kind};

/// The functions that a module calls or registers while it is loaded, with the kind of caller. Without duplicates,
/// sorted.
pub(crate) fn at_import(db: &dyn Db, project: Project, module: ModuleId) -> Vec<(FunctionRef, Entry)> {
    let file = model::query::file_of(db, project, module);
    // The body of the module is the first one.
    let Some(body) = python::query::body(db, file, BodyId(0)) else { return Vec::new() };
    let evaluator = Evaluator::new(db, project, module, &body.exprs);
    let function = |expr: ExprId| match evaluator.value(expr).kind {
        Kind::Function(function) | Kind::Method(_, function) => Some(function),
        _ => None,
    };
    let mut found = Vec::new();
    for expr in &body.exprs.list {
        let Expr::Call { callee, args } = expr else { continue };
        if let Some(called) = function(*callee) {
            found.push((called, Entry::Command));
        }
        // `FastAPI(lifespan=start)`
        let starts = args.iter().filter(|arg| matches!(arg, Arg::Keyword(name, _) if is_start(name)));
        found.extend(
            starts.filter_map(|arg| function(arg.value())).map(|function| (function, Entry::Command)),
        );
        let args = args.iter().filter(|arg| !matches!(arg, Arg::Keyword(name, _) if is_start(name)));
        let given: Vec<FunctionRef> = args.filter_map(|arg| function(arg.value())).collect();
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
        let entry = entry.or_else(by_library).unwrap_or(Entry::Request);
        found.extend(given.into_iter().map(|function| (function, entry)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether an argument with this name runs at program start or shutdown.
fn is_start(name: &str) -> bool {
    matches!(name, "lifespan" | "on_startup" | "on_shutdown" | "startup" | "shutdown")
}
