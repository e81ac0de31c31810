//! Functions of a module that it hands to a framework as hooks of the process: they run once, at its start or its end.

use python::{Arg, Body, Expr, ExprId, Literal};
use rustc_hash::FxHashSet;
use view::scope::Names;

/// Lists of an application, and parameters of its class (aiohttp, Starlette, Litestar).
const HOOKS: &[&str] = &["cleanup_ctx", "lifespan", "on_cleanup", "on_shutdown", "on_startup"];

/// Events by name (Starlette, Sanic).
const EVENTS: &[&str] = &[
    "after_server_start",
    "after_server_stop",
    "before_server_start",
    "before_server_stop",
    "shutdown",
    "startup",
];

/// Their names: `app.on_startup.append(fill)`, `App(on_startup=[fill])`, `app.add_event_handler("startup", fill)`.
pub(super) fn hooked<'n>(names: &'n Names<'_>) -> FxHashSet<&'n str> {
    let mut found: FxHashSet<&str> = FxHashSet::default();
    for (_, body) in names.bodies() {
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let is_hook = is_list(body, *callee) || names_event(body, args);
            for arg in args {
                match arg {
                    Arg::Positional(value) if is_hook => add(body, *value, &mut found),
                    Arg::Keyword(name, value) if HOOKS.contains(&name.as_str()) => {
                        add(body, *value, &mut found);
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// `app.on_startup.append`
fn is_list(body: &Body, callee: ExprId) -> bool {
    let Expr::Attribute { value, name } = &body[callee] else { return false };
    matches!(name.as_str(), "append" | "extend" | "insert")
        && matches!(&body[*value], Expr::Attribute { name, .. } if HOOKS.contains(&name.as_str()))
}

fn names_event(body: &Body, args: &[Arg]) -> bool {
    args.iter().any(|arg| {
        matches!(&body[arg.value()], Expr::Literal(Literal::Str(text)) if EVENTS.contains(&text.as_str()))
    })
}

fn add<'n>(body: &'n Body, value: ExprId, found: &mut FxHashSet<&'n str>) {
    match &body[value] {
        Expr::Name(name) => _ = found.insert(name),
        Expr::List(items) | Expr::Tuple(items) => {
            for item in items {
                if let Expr::Name(name) = &body[*item] {
                    found.insert(name);
                }
            }
        }
        _ => {}
    }
}
