//! The functions of a module that a decorator registers with an external caller, and the kind of caller.

use libraries::{Decorator, Entry, Mark};
use python::{Arg, Expr, ExprArena, ExprId, FunctionId, Literal, Module, Name};

use super::bindings::Bindings;
use super::{Signals, decorators};

/// A function that a decorator registers with an external caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hook {
    /// The function.
    pub function: FunctionId,
    /// The caller.
    pub entry: Entry,
    /// Whether a request that calls it modifies something: `@router.post`, `@strawberry.mutation`, `@require_POST`,
    /// `@receiver(post_save)`.
    pub writes: bool,
    /// Whether the decorator is one of functions that answer routes. Others may call it if it has no route.
    pub is_view: bool,
}

/// The functions of a module that decorators register with external callers, in source order.
pub(crate) fn of(module: &Module, signals: &Signals) -> Box<[Hook]> {
    let bindings = Bindings::of(&module.imports);
    let definitions = &*module.definitions;
    let mut hooks = Vec::new();
    for (function, facts) in definitions.functions() {
        let mut entries = facts.decorators.iter().filter_map(|decorator| {
            let callee = match &definitions[*decorator] {
                Expr::Call { callee, .. } => *callee,
                _ => *decorator,
            };
            // `@app.task`, or a first-party `@task` around it.
            let method = match &definitions[callee] {
                Expr::Attribute { name, .. } | Expr::Name(name) => Some(name),
                _ => None,
            };
            let full = bindings.dotted(&definitions.exprs, *decorator);
            let by_library = full.as_deref().and_then(libraries::entry);
            let by_mark = decorators::mark_of(definitions, &bindings, *decorator, signals);
            // A first-party registry may have methods with any name, so only names that imply a kind of caller count.
            let by_method = || method.and_then(|method| libraries::registers(method));
            let entry = by_library.or_else(|| by_mark.and_then(Entry::of_decorator)).or_else(by_method)?;
            let is_change = match by_mark {
                Some(Decorator::Mark(Mark::GraphQl)) => full.is_some_and(|full| full.ends_with("mutation")),
                // Signals are sent by what modifies.
                Some(Decorator::Mark(Mark::Receiver)) => true,
                _ => false,
            };
            let is_view = matches!(by_mark, Some(Decorator::Route));
            let writes =
                is_change || method.is_some_and(changes) || only_changes(&definitions.exprs, *decorator);
            Some((entry, writes, is_view))
        });
        let Some(first) = entries.next() else { continue };
        let (entry, writes, is_view) =
            entries.fold(first, |known, next| (known.0.min(next.0), known.1 || next.1, known.2 || next.2));
        hooks.push(Hook { function, entry, writes, is_view });
    }
    hooks.into()
}

/// Whether requests with this method modify something.
fn changes(verb: &Name) -> bool {
    matches!(verb.as_str(), "post" | "put" | "patch" | "delete" | "mutation" | "require_POST")
}

/// Whether a decorator lists methods, and all of them modify something: `@require_http_methods(["POST"])`.
fn only_changes(exprs: &ExprArena, decorator: ExprId) -> bool {
    let Expr::Call { args, .. } = &exprs[decorator] else { return false };
    let Some(Arg::Positional(list)) = args.first() else { return false };
    let (Expr::List(methods) | Expr::Tuple(methods)) = &exprs[*list] else { return false };
    let is_change = |method: &ExprId| match &exprs[*method] {
        Expr::Literal(Literal::Str(text)) => matches!(text.as_str(), "POST" | "PUT" | "PATCH" | "DELETE"),
        _ => false,
    };
    !methods.is_empty() && methods.iter().all(is_change)
}
