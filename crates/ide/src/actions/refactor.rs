//! Refactorings: what can be done with the definition under the cursor, whether or not anything is found there.

use model::{ClassRef, How};
use python::{ClassId, Scope};
use rules::{Applicability, Context, ExtractProtocol, FixKind};
use source::Span;

use super::{Action, ActionData, ActionKind, Remedy};

/// What is offered with the cursor on a name. Cheap: whether it can be carried out is seen when it is chosen, but for
/// what the class itself shows.
pub(super) fn actions(cx: &Context<'_>, range: Span) -> Vec<Action> {
    let mut out = class_at(cx, range).map(|class| of_class(cx, class)).unwrap_or_default();
    out.extend(of_raise(cx, range));
    out
}

/// Errors of the domain in place of the HTTP error that is raised under the cursor, or of all in its function.
fn of_raise(cx: &Context<'_>, range: Span) -> Vec<Action> {
    let Some(raise) = rules::http_raise_at(cx, range) else { return Vec::new() };
    let offer = |title: &str, index: Option<usize>| {
        let remedy = Remedy::RaiseDomainError { function: raise.function.clone(), index };
        let fits = kind(cx, &remedy)
            .is_some_and(|kind| rules::carry_out(cx, &kind, rules::Abilities::ALL).is_some());
        fits.then(|| action(cx, title, ActionKind::RefactorRewrite, remedy))
    };
    let mut out: Vec<Action> = offer("Raise an error of the domain", Some(raise.index)).into_iter().collect();
    if raise.count > 1 {
        out.extend(offer(&format!("Raise errors of the domain in {}", raise.function), None));
    }
    out
}

/// The class at the head of the module on whose name the cursor lies.
fn class_at(cx: &Context<'_>, range: Span) -> Option<ClassId> {
    let touches = |span: Span| span.start <= range.end && range.start <= span.end;
    let at = cx.module.spans.class_names.iter().position(|span| touches(*span))?;
    let class = ClassId(at as u32);
    (cx.module.definitions[class].scope == Scope::Module).then_some(class)
}

fn of_class(cx: &Context<'_>, class: ClassId) -> Vec<Action> {
    let name = &cx.module.definitions[class].name;
    let extract = |title: &str, only_used: bool| {
        let remedy = Remedy::ExtractProtocol { class: name.to_string(), only_used, runtime_checkable: false };
        let fits = kind(cx, &remedy).is_some_and(|kind| rules::is_offered(cx, &kind));
        fits.then(|| action(cx, title, ActionKind::RefactorExtract, remedy))
    };
    let implement = || {
        let remedy = Remedy::ImplementMembers { class: name.to_string() };
        let fits = kind(cx, &remedy).is_some_and(|kind| rules::is_offered(cx, &kind));
        fits.then(|| action(cx, "Implement the missing members", ActionKind::RefactorRewrite, remedy))
    };
    let depend = || {
        let remedy = Remedy::DependOnPort { class: name.to_string() };
        let fits = kind(cx, &remedy).is_some_and(|kind| rules::is_offered(cx, &kind));
        let title = format!("Ask for the port wherever {name} is asked for");
        fits.then(|| action(cx, &title, ActionKind::RefactorRewrite, remedy))
    };
    [
        implement(),
        depend(),
        extract("Extract Protocol from the members used", true),
        extract("Extract Protocol from all public members", false),
    ]
    .into_iter()
    .flatten()
    .collect()
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

/// What a refactoring does, as the rules say it. Nothing for other remedies, and where the class is gone.
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
            kinds.into_iter().find(|kind| rules::is_offered(cx, kind))
        }
        Remedy::RaiseDomainError { function, index } => rules::raise_domain_error(cx, function, *index),
        _ => None,
    }
}
