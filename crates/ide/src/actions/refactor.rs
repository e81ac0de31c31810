//! Refactorings of the definition under the cursor, whether or not there is a finding.

use model::{ClassRef, How};
use python::{ClassId, Scope};
use refactor::Abilities;
use source::Span;
use view::{Applicability, Context, ExtractProtocol, FixKind};

use super::{Action, ActionData, ActionKind, Remedy};

/// The refactorings offered with the cursor on a name or the keyword before it. Cheap: except for what the class itself
/// shows, whether one can be carried out is decided when it is chosen.
pub(super) fn actions(cx: &Context<'_>, range: Span) -> Vec<Action> {
    let mut out = class_at(cx, range).map(|class| of_class(cx, class)).unwrap_or_default();
    out.extend(of_raise(cx, range));
    out
}

/// Domain errors in place of the HTTP error raised under the cursor, or of all in its function.
fn of_raise(cx: &Context<'_>, range: Span) -> Vec<Action> {
    let Some(raise) = refactor::http_raise_at(cx, range) else { return Vec::new() };
    let offer = |title: &str, index: Option<usize>| {
        let remedy = Remedy::RaiseDomainError { function: raise.function.clone(), index };
        let fits = kind(cx, &remedy)
            .is_some_and(|kind| refactor::carry_out(cx, &kind, refactor::Abilities::ALL).is_some());
        fits.then(|| action(cx, title, ActionKind::RefactorRewrite, remedy))
    };
    let mut out: Vec<Action> = offer("Raise an error of the domain", Some(raise.index)).into_iter().collect();
    if raise.count > 1 {
        out.extend(offer(&format!("Raise errors of the domain in {}", raise.function), None));
    }
    out
}

/// The top-level class of the module whose name, or `class` before it, the cursor touches.
fn class_at(cx: &Context<'_>, range: Span) -> Option<ClassId> {
    let touches = |span: Span| span.start <= range.end && range.start <= span.end;
    let at = cx.module.spans.class_names.iter().position(|span| touches(with_keyword(cx, *span)))?;
    let class = ClassId(at as u32);
    (cx.module.definitions[class].scope == Scope::Module).then_some(class)
}

/// The name of a definition with the keywords before it: `class Orders`, `async def list`.
pub(super) fn with_keyword(cx: &Context<'_>, name: Span) -> Span {
    let line = cx.text.line_at(name.start);
    let before = cx.text.slice(Span::new(line.start, name.start));
    let indentation = before.len() - before.trim_start().len();
    let is_keywords = before.split_whitespace().all(|word| matches!(word, "class" | "def" | "async"));
    let start = if is_keywords { line.start + indentation as u32 } else { name.start };
    Span::new(start, name.end)
}

/// The refactorings of a class, with their titles.
fn refactorings(class: &str) -> [(String, ActionKind, Remedy); 4] {
    let extract = |only_used: bool| Remedy::ExtractProtocol {
        class: class.to_owned(),
        only_used,
        runtime_checkable: false,
    };
    [
        (
            "Implement the missing members".to_owned(),
            ActionKind::RefactorRewrite,
            Remedy::ImplementMembers { class: class.to_owned() },
        ),
        (
            format!("Depend on the port wherever {class} is injected"),
            ActionKind::RefactorRewrite,
            Remedy::DependOnPort { class: class.to_owned() },
        ),
        ("Extract Protocol from the members used".to_owned(), ActionKind::RefactorExtract, extract(true)),
        ("Extract Protocol from all public members".to_owned(), ActionKind::RefactorExtract, extract(false)),
    ]
}

fn of_class(cx: &Context<'_>, class: ClassId) -> Vec<Action> {
    let name = &cx.module.definitions[class].name;
    refactorings(name)
        .into_iter()
        .filter(|(_, _, remedy)| kind(cx, remedy).is_some_and(|kind| refactor::is_offered(cx, &kind)))
        .map(|(title, kind, remedy)| action(cx, &title, kind, remedy))
        .collect()
}

/// A refactoring that could be expected at a place but can't be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedAction {
    /// What it would do, in the imperative.
    pub title: String,
    /// Its kind.
    pub kind: ActionKind,
    /// Why it can't be done, in one sentence without a capital or a full stop.
    pub reason: String,
}

/// The refactorings of the class under the cursor that can't be carried out, and why. Tries each: for opened menus, not
/// for every cursor movement.
pub(super) fn refused(cx: &Context<'_>, range: Span, abilities: Abilities) -> Vec<RefusedAction> {
    let Some(class) = class_at(cx, range) else { return Vec::new() };
    let name = &cx.module.definitions[class].name;
    let attempt = |(title, sort, remedy): (String, ActionKind, Remedy)| {
        let kind = kind(cx, &remedy)?;
        if !refactor::may_suggest_itself(cx, &kind) {
            return None;
        }
        let reason = refactor::attempt(cx, &kind, abilities).err()?.to_string();
        Some(RefusedAction { title, kind: sort, reason })
    };
    refactorings(name).into_iter().filter_map(attempt).collect()
}

fn action(cx: &Context<'_>, title: &str, kind: ActionKind, remedy: Remedy) -> Action {
    Action {
        title: title.to_owned(),
        kind,
        applicability: Applicability::Review,
        is_preferred: false,
        data: ActionData { path: cx.file.path(cx.db).clone(), remedy },
    }
}

/// The rules' description of a refactoring. `None` for other remedies, and if the class is gone.
pub(super) fn kind(cx: &Context<'_>, remedy: &Remedy) -> Option<FixKind> {
    match remedy {
        Remedy::ExtractProtocol { class, only_used, runtime_checkable } => {
            Some(FixKind::ExtractProtocol(ExtractProtocol {
                class: ClassRef::new(cx.id, class.as_str()),
                only_used: *only_used,
                runtime_checkable: *runtime_checkable,
                for_place: None,
            }))
        }
        Remedy::DependOnPort { class } => {
            Some(FixKind::DependOnPortEverywhere { class: ClassRef::new(cx.id, class.as_str()) })
        }
        Remedy::ImplementMembers { class } => {
            let class = ClassRef::new(cx.id, class.as_str());
            let ports = model::query::ports_of(cx.db, cx.project, class.clone());
            let kinds = ports.iter().filter(|port| port.how == How::Base).map(|port| {
                let (class, port) = (class.clone(), port.class.clone());
                FixKind::ImplementMembers { class, port, names: Box::default() }
            });
            kinds.into_iter().find(|kind| refactor::is_offered(cx, kind))
        }
        Remedy::RaiseDomainError { function, index } => refactor::raise_domain_error(cx, function, *index),
        _ => None,
    }
}
