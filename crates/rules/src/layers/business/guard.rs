//! Branches that only reject: they leave the function or the iteration, and do nothing else that matters.

use python::{Body, Expr, ExprId, Stmt, StmtId};

/// Whether a branch does nothing but notify and leave.
pub(super) fn only_refuses(body: &Body, block: &[StmtId]) -> bool {
    let leaves =
        matches!(
            block.last().map(|id| &body[*id]),
            Some(Stmt::Raise { .. } | Stmt::Return(_) | Stmt::Continue | Stmt::Break)
        ) || block.last().is_some_and(|id| matches!(&body[*id], Stmt::Expr(expr) if is_abort(body, *expr)));
    leaves
        && block.iter().all(|id| match &body[*id] {
            Stmt::Raise { .. } | Stmt::Return(_) | Stmt::Continue | Stmt::Break | Stmt::Pass => true,
            // Prepares what is raised or returned.
            Stmt::Assign { targets, .. } => {
                targets.iter().all(|target| matches!(&body[*target], Expr::Name(_)))
            }
            Stmt::Expr(expr) => tells(body, *expr),
            _ => false,
        })
}

/// `abort(404)`
fn is_abort(body: &Body, expr: ExprId) -> bool {
    matches!(called(body, expr), Some("abort" | "exit"))
}

/// Whether a statement only notifies: a log, a message for the page, an error of a form, a rollback.
fn tells(body: &Body, expr: ExprId) -> bool {
    matches!(
        called(body, expr),
        Some(
            "abort"
                | "add_error"
                | "add_message"
                | "close"
                | "critical"
                | "debug"
                | "error"
                | "exception"
                | "flash"
                | "info"
                | "log"
                | "rollback"
                | "success"
                | "warning"
        )
    ) || matches!(&body[expr], Expr::Literal(_))
}

/// Whether a statement calls something for its side effect: the result is unused, and the call is neither a message nor
/// a step in building a list, a dictionary or a query.
pub(super) fn commands(body: &Body, expr: ExprId) -> bool {
    const BUILDING: [&str; 18] = [
        "add_column",
        "append",
        "add_header",
        "appendleft",
        "clear_cache",
        "close",
        "commit",
        "discard",
        "extend",
        "flush",
        "headers",
        "insert",
        "pop",
        "print",
        "refresh",
        "set_cookie",
        "setdefault",
        "update",
    ];
    !tells(body, expr) && called(body, expr).is_some_and(|name| !BUILDING.contains(&name))
}

/// The last name of the callee.
fn called(body: &Body, expr: ExprId) -> Option<&str> {
    let expr = match &body[expr] {
        Expr::Await(inner) => *inner,
        _ => expr,
    };
    let Expr::Call { callee, .. } = &body[expr] else { return None };
    match &body[*callee] {
        Expr::Name(name) | Expr::Attribute { name, .. } => Some(name),
        _ => None,
    }
}
