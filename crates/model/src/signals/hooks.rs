//! Which functions of a module are handed to somebody outside by a decorator, and who calls them.

use libraries::{Decorator, Entry, Mark};
use python::{Expr, FunctionId, Module, Name};

use super::bindings::Bindings;
use super::{Signals, decorators};

/// A function that a decorator hands to somebody who calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hook {
    /// The function.
    pub function: FunctionId,
    /// Who calls it.
    pub entry: Entry,
    /// Whether a request that calls it changes something: `@router.post`, `@strawberry.mutation`.
    pub writes: bool,
}

/// The functions of a module that decorators hand to somebody, in source order.
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
            // `@app.task`, and `@task` of the project's own around it.
            let method = match &definitions[callee] {
                Expr::Attribute { name, .. } | Expr::Name(name) => Some(name),
                _ => None,
            };
            let full = bindings.dotted(&definitions.exprs, *decorator);
            let by_library = full.as_deref().and_then(libraries::entry);
            let by_mark = decorators::mark_of(definitions, &bindings, *decorator, signals);
            // An own registry may have a method of any name: only what says who calls counts.
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

/// Whether requests by this verb change something.
fn changes(verb: &Name) -> bool {
    matches!(verb.as_str(), "post" | "put" | "patch" | "delete" | "mutation")
}
