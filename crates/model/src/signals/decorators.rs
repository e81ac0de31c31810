//! Signals from decorators, parameters and defaults: routes, commands, tasks, consumers, dependencies.

use libraries::{Decorator, Kind, Mark};
use python::{Arg, Definitions, Expr, ExprArena, ExprId, Literal, Module};

use super::bindings::Bindings;
use super::{Amount, Signals};

/// Reads the decorators of all functions, including nested ones, because application factories define routes inside.
pub(super) fn read(module: &Module, bindings: &Bindings<'_>, signals: &mut Signals) {
    let definitions = &*module.definitions;
    let mut routes = 0;
    for function in &definitions.functions {
        // Pyramid calls it with the configurator of the application.
        if function.name == "includeme" {
            signals.marks.set(Mark::TakesApp);
        }
        for decorator in &function.decorators {
            match mark_of(definitions, bindings, *decorator, signals) {
                Some(Decorator::Route) => routes += 1,
                Some(Decorator::Mark(mark)) => signals.marks.set(mark),
                None => {}
            }
        }
    }
    signals.routes = Amount::of(routes);
    if has_dependencies(&definitions.exprs, bindings) {
        signals.marks.set(Mark::Depends);
    }
}

pub(super) fn mark_of(
    definitions: &Definitions,
    bindings: &Bindings<'_>,
    decorator: ExprId,
    signals: &Signals,
) -> Option<Decorator> {
    if let Some(dotted) = bindings.dotted(&definitions.exprs, decorator)
        && let Some(found) = libraries::decorator(&dotted)
    {
        return Some(found);
    }
    let (callee, args) = match &definitions[decorator] {
        Expr::Call { callee, args } => (*callee, &**args),
        _ => (decorator, &[][..]),
    };
    let Expr::Attribute { value, name } = &definitions[callee] else { return None };
    let has_path = args.iter().any(|arg| is_path(&definitions.exprs, arg));
    let owner = owner_name(&definitions.exprs, *value);
    match name.as_str() {
        "get" | "post" | "put" | "patch" | "delete" | "head" | "options" | "trace"
            if has_path || (args.is_empty() && is_router_name(owner)) =>
        {
            Some(Decorator::Route)
        }
        "route" | "api_route" | "websocket" | "websocket_route" | "api_operation" | "view"
            if has_path || is_router_name(owner) =>
        {
            Some(Decorator::Route)
        }
        "exception_handler"
        | "errorhandler"
        | "middleware"
        | "before_request"
        | "after_request"
        | "teardown_request"
        | "app_errorhandler"
        | "teardown_appcontext"
        | "context_processor"
        | "template_filter"
        | "user_loader"
        | "request_loader" => Some(Decorator::Mark(Mark::RequestHook)),
        "command" | "group" if signals.uses.has(Kind::CommandLine) || is_command_owner(owner) => {
            Some(Decorator::Mark(Mark::CliCommand))
        }
        "task" | "actor" | "periodic_task" | "on_after_configure" => Some(Decorator::Mark(Mark::Task)),
        "subscriber" | "publisher" | "agent" | "consumer" | "subscribe" => {
            Some(Decorator::Mark(Mark::Consumer))
        }
        _ => None,
    }
}

/// A string literal that begins with a slash (or is empty, which routers with a prefix permit), as the first argument
/// or as `path=`/`rule=`.
fn is_path(exprs: &ExprArena, arg: &Arg) -> bool {
    let id = match arg {
        Arg::Positional(id) => *id,
        Arg::Keyword(name, id) if matches!(name.as_str(), "path" | "rule" | "url") => *id,
        _ => return false,
    };
    matches!(&exprs[id], Expr::Literal(Literal::Str(text)) if text.is_empty() || text.starts_with('/'))
        || matches!(&exprs[id], Expr::FString(_))
}

fn owner_name(exprs: &ExprArena, id: ExprId) -> &str {
    match &exprs[id] {
        Expr::Name(name) | Expr::Attribute { name, .. } => name,
        Expr::Call { callee, .. } => match &exprs[*callee] {
            Expr::Name(name) | Expr::Attribute { name, .. } => name,
            _ => "",
        },
        _ => "",
    }
}

fn is_router_name(name: &str) -> bool {
    const ENDINGS: [&str; 9] =
        ["router", "app", "api", "blueprint", "bp", "routes", "resource", "ns", "namespace"];
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn is_command_owner(name: &str) -> bool {
    name.ends_with("cli") || name.ends_with("manager")
}

fn has_dependencies(exprs: &ExprArena, bindings: &Bindings<'_>) -> bool {
    exprs.list.iter().any(|expr| {
        let Expr::Call { callee, .. } = expr else { return false };
        bindings.dotted(exprs, *callee).is_some_and(|dotted| libraries::is_dependency(&dotted))
    })
}
