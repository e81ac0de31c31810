//! The logger that a module names after itself: `logger = logging.getLogger(__name__)`.
//!
//! Code that logs needs one of the module that it is in, not that of the module it was in.

use python::{Arg, Body, Expr, Name, Scope, Stmt, StmtId};
use source::Span;
use view::{Context, ImportView};

use super::{Move, block, probe};
use crate::lines::Lines;

/// What the moved code logs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logger {
    pub(super) name: Name,
    /// The statement to be written in the target module; `None` if it has such a logger.
    pub(super) statement: Option<String>,
}

/// Attributes by which a logger is set up (`logging`, "Logger Objects"): one that is has a meaning of its own.
const SETS_UP: [&str; 9] = [
    "addFilter",
    "addHandler",
    "disabled",
    "filters",
    "handlers",
    "propagate",
    "removeFilter",
    "removeHandler",
    "setLevel",
];

/// The logger `name` that the moved code reads, if the module names it after itself, sets nothing up on it, and nothing
/// replaces it; with the imports that its statement needs.
pub(super) fn of<'c>(it: &'c Move<'_, '_>, name: &str) -> Option<(Logger, Vec<ImportView<'c>>)> {
    let cx = it.source;
    let statement = made(cx, name)?;
    if is_set_up(cx, statement, name) || model::query::is_patched(cx.db, cx.project, cx.id, name.into()) {
        return None;
    }
    let text = cx.text.slice(statement);
    let mut logger = Logger { name: name.into(), statement: Some(text.to_owned()) };
    if let Some(id) = it.home.id {
        let there = view::query::context(cx.db, cx.project, cx.file_of(id))?;
        if block::bound_at_top_level(&there, name) > 0 {
            logger.statement = None;
            return made(&there, name).map(|_| (logger, Vec::new()));
        }
    }
    let at_top = |view: &ImportView<'_>| {
        view.import.context.scope == Scope::Module && view.import.bound_name().is_some()
    };
    let views: Vec<ImportView<'_>> = cx.imports().filter(at_top).collect();
    let bound = views.iter().filter_map(|view| view.import.bound_name());
    let used = probe::uses(text, bound);
    let is_used = |view: &ImportView<'_>| used.iter().any(|it| view.import.bound_name() == Some(&it.name));
    Some((logger, views.into_iter().filter(is_used).collect()))
}

/// The statement that makes the logger `name` with the name of the module, and alone binds it.
fn made(cx: &Context<'_>, name: &str) -> Option<Span> {
    let body = cx.module.bodies.list.first()?;
    let is_it = |id: &&StmtId| makes(cx, body, **id, name);
    let statement = body.root.iter().find(is_it)?;
    let span = cx.module.spans.stmt(python::BodyId(0), *statement);
    let lines = Lines { text: cx.text.as_str() };
    let is_alone = lines.before(span.start).is_empty() && lines.after(span.end).trim().is_empty();
    let is_bound_once = block::bound_at_top_level(cx, name) == 1
        && !cx.module.bodies.list.iter().any(|body| body.declares_global(name));
    (is_alone && is_bound_once).then_some(span)
}

fn makes(cx: &Context<'_>, body: &Body, id: StmtId, name: &str) -> bool {
    let Stmt::Assign { targets, value: Some(value), .. } = &body[id] else { return false };
    let Expr::Call { callee, args } = &body[*value] else { return false };
    let is_named = matches!(&**targets, [target] if matches!(&body[*target], Expr::Name(it) if it == name));
    let is_of_module = matches!(&**args, [Arg::Positional(only)]
        if matches!(&body[*only], Expr::Name(it) if it == "__name__"));
    let makes_logger = || {
        let full = crate::head::full_name(cx, &body.exprs.dotted(*callee)?);
        Some(libraries::makes(&full)?.ends_with("Logger"))
    };
    is_named && is_of_module && makes_logger().unwrap_or_default()
}

/// Whether the module sets the logger up, or uses it at import time.
fn is_set_up(cx: &Context<'_>, statement: Span, name: &str) -> bool {
    let is_logger = |expr: &Expr| matches!(expr, Expr::Name(it) if it == name);
    let changes = cx.module.bodies.list.iter().any(|body| {
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Attribute { value, name } => is_logger(&body[*value]) && SETS_UP.contains(&name.as_str()),
            _ => false,
        })
    });
    let lines = Lines { text: cx.text.as_str() };
    let rest = &cx.text.as_str()[lines.next(statement.end) as usize..];
    changes || probe::uses(rest, [name]).iter().any(|it| it.at_import)
}
