//! Containers that only remember what was logged: `if pair not in warned: log.warning(...); warned.add(pair)`. No answer
//! depends on them, and a line that two processes write twice does no harm.

use python::{Body, BodyId, Expr, ExprId, Name, Stmt};
use view::scope::Names;

/// Methods of loggers.
const LOGS: &[&str] = &["critical", "debug", "error", "exception", "info", "log", "warn", "warning"];

/// The changes of a body that only remember what it logs.
pub(super) fn changes(names: &Names<'_>, id: BodyId) -> Vec<ExprId> {
    let body = names.body(id);
    let mut found = Vec::new();
    for stmt in &body.stmts {
        let Stmt::If { test, body: block, orelse } = stmt else { continue };
        let Some((asked, name)) = asked_for(body, *test).filter(|_| orelse.is_empty()) else { continue };
        let (mut logs, mut added) = (0, Vec::new());
        for inner in block {
            let Stmt::Expr(call) = &body[*inner] else { break };
            if is_log(names, id, *call) {
                logs += 1;
            } else if let Some(receiver) = added_to(body, *call, asked) {
                added.push((*call, receiver));
            }
        }
        if logs > 0 && !added.is_empty() && logs + added.len() == block.len() {
            let known: Vec<ExprId> = added.iter().map(|(_, receiver)| *receiver).chain([asked]).collect();
            if !is_named_elsewhere(names, id, &name, &known) {
                found.extend(added.iter().map(|(call, _)| *call));
            }
        }
    }
    found
}

/// The container of `key not in container` and its last name.
fn asked_for(body: &Body, test: ExprId) -> Option<(ExprId, Name)> {
    let Expr::Compare { rest, .. } = &body[test] else { return None };
    let [(op, container)] = &rest[..] else { return None };
    let is_name = matches!(&body[*container], Expr::Name(_) | Expr::Attribute { .. });
    let name = body[*container].last_name().filter(|_| is_name && op == "not in")?;
    Some((*container, name.clone()))
}

/// The receiver of `container.add(key)`.
fn added_to(body: &Body, call: ExprId, container: ExprId) -> Option<ExprId> {
    let Expr::Call { callee, .. } = &body[call] else { return None };
    let Expr::Attribute { value, name } = &body[*callee] else { return None };
    let is_it = body.exprs.dotted(*value).is_some_and(|it| Some(it) == body.exprs.dotted(container));
    (is_it && matches!(name.as_str(), "add" | "append")).then_some(*value)
}

fn is_log(names: &Names<'_>, id: BodyId, call: ExprId) -> bool {
    let body = names.body(id);
    let Expr::Call { callee, .. } = &body[call] else { return false };
    match &body[*callee] {
        Expr::Attribute { value, name } if LOGS.contains(&name.as_str()) => {
            let is_logger = body[*value].last_name().is_some_and(|it| it.to_lowercase().contains("log"));
            is_logger
                || names
                    .outside(id, *callee)
                    .is_some_and(|it| matches!(it.as_str(), "warnings.warn" | "logging.warning"))
        }
        Expr::Name(_) => names
            .outside(id, *callee)
            .is_some_and(|it| matches!(it.as_str(), "builtins.print" | "warnings.warn")),
        _ => false,
    }
}

/// Whether the module names the container anywhere else in its functions.
fn is_named_elsewhere(names: &Names<'_>, id: BodyId, name: &Name, known: &[ExprId]) -> bool {
    names.bodies().filter(|(within, _)| *within != BodyId(0)).any(|(within, body)| {
        body.exprs.list.iter().enumerate().any(|(index, expr)| {
            let is_it = matches!(expr, Expr::Name(it) | Expr::Attribute { name: it, .. } if it == name);
            is_it && !(within == id && known.contains(&ExprId(index as u32)))
        })
    })
}
