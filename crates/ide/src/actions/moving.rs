//! Moves to likely target modules and to one that the user picks, with the cursor on the name of a definition.

use python::Scope;
use refactor::{Abilities, SymbolMove};
use source::Span;
use view::{Applicability, Context};

use super::refactor::with_keyword;
use super::{Action, ActionData, ActionKind, Remedy};

/// The moves offered. Each was checked as far as the two modules are concerned; other obstacles show up when it is
/// chosen.
pub(super) fn actions(cx: &Context<'_>, range: Span) -> Vec<Action> {
    let Some(name) = name_at(cx, range) else { return Vec::new() };
    let to_be_picked = Action {
        title: format!("Move {name} to another module…"),
        kind: ActionKind::RefactorMove,
        applicability: Applicability::Review,
        is_preferred: false,
        data: ActionData {
            path: cx.file.path(cx.db).clone(),
            remedy: Remedy::PickTarget { name: name.clone() },
        },
    };
    refactor::move_targets(cx, &name)
        .into_iter()
        .filter(|target| {
            refactor::can_move(cx, SymbolMove { name: &name, target, with_helpers: false }, Abilities::ALL)
        })
        .map(|target| Action {
            title: format!("Move {name} to {target}"),
            kind: ActionKind::RefactorMove,
            applicability: Applicability::Review,
            is_preferred: false,
            data: ActionData {
                path: cx.file.path(cx.db).clone(),
                remedy: Remedy::Move { name: name.clone(), target },
            },
        })
        .chain([to_be_picked])
        .collect()
}

/// The top-level class, function or variable of the module whose name, or keyword before it, the range touches.
fn name_at(cx: &Context<'_>, range: Span) -> Option<String> {
    let spans = &cx.module.spans;
    let definitions = &cx.module.definitions;
    let classes = definitions.classes.iter().zip(&spans.class_names).map(|(it, at)| (it.scope, &it.name, at));
    let functions =
        definitions.functions.iter().zip(&spans.function_names).map(|(it, at)| (it.scope, &it.name, at));
    let variables =
        definitions.variables.iter().zip(&spans.variables).map(|(it, at)| (it.scope, &it.name, at));
    classes
        .chain(functions)
        .chain(variables)
        .find(|(scope, _, at)| {
            let at = with_keyword(cx, **at);
            *scope == Scope::Module && at.start <= range.end && range.start <= at.end
        })
        .map(|(_, name, _)| name.to_string())
}
