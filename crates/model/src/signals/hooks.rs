//! The functions of a module that a decorator registers with an external caller, and the kind of caller.

use libraries::{Decorator, Entry, Mark};
use python::{Expr, FunctionId, Module, Name};

use super::bindings::Bindings;
use super::{Signals, decorators};

/// A function that a decorator registers with an external caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hook {
    /// The function.
    pub function: FunctionId,
    /// The caller.
    pub entry: Entry,
    /// Whether a request that calls it modifies something: `@router.post`, `@strawberry.mutation`.
    pub writes: bool,
}

/// The functions of a module that decorators register with external callers, in source order.
pub(crate) fn of(module: &Module, signals: &Signals) -> Box<[Hook]> {
    let bindings = Bindings::of(&module.imports);
    let definitions = &*module.definitions;
    let mut hooks = Vec::new();
    for (function, facts) in definitions.functions() {
        let entries = facts.decorators.iter().filter_map(|decorator| {
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
            let is_change = matches!(by_mark, Some(Decorator::Mark(Mark::GraphQl)))
                && full.is_some_and(|full| full.ends_with("mutation"));
            Some((entry, is_change || method.is_some_and(changes)))
        });
        if let Some((entry, writes)) = entries.min() {
            hooks.push(Hook { function, entry, writes });
        }
    }
    hooks.into()
}

/// Whether requests with this method modify something.
fn changes(verb: &Name) -> bool {
    matches!(verb.as_str(), "post" | "put" | "patch" | "delete" | "mutation")
}
