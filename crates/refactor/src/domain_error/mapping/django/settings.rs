//! Settings of a Django project: module-level lists and dictionaries of strings.

use model::{ModuleId, ModuleInfo};
use python::{Expr, ExprId, Literal, Scope};
use source::{Span, TextEdit};

use crate::lines::Lines;
use crate::rewrite::FileRewrite;
use view::Context;

/// The module that assigns a setting; an error if several do.
pub(super) fn module_of(
    cx: &Context<'_>,
    modules: &[(ModuleId, &ModuleInfo)],
    setting: &str,
) -> Result<Option<ModuleId>, Several> {
    let mut found = modules.iter().filter(|(_, info)| {
        let definitions = python::query::definitions(cx.db, info.file);
        definitions.variables.iter().any(|it| it.scope == Scope::Module && it.name == setting)
    });
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(Several),
        (first, None) => Ok(first.map(|(id, _)| *id)),
    }
}

/// Several modules assign a setting: which of them counts is decided elsewhere.
#[derive(Debug)]
pub(super) struct Several;

/// The value of a setting.
pub(super) fn value(cx: &Context<'_>, setting: &str) -> Option<ExprId> {
    let variables = &cx.module.definitions.variables;
    let mut found = variables.iter().filter(|it| it.scope == Scope::Module && it.name == setting);
    match (found.next(), found.next()) {
        (Some(one), None) => one.value,
        _ => None,
    }
}

/// The items of a list or tuple of strings.
pub(super) fn items<'c>(cx: &'c Context<'_>, setting: &str) -> Option<Vec<(ExprId, &'c str)>> {
    let definitions = &cx.module.definitions;
    let (Expr::List(items) | Expr::Tuple(items)) = &definitions[value(cx, setting)?] else { return None };
    items
        .iter()
        .map(|item| match &definitions[*item] {
            Expr::Literal(Literal::Str(text)) => Some((*item, text.as_str())),
            _ => None,
        })
        .collect()
}

/// The entries of a dictionary with string keys.
pub(super) fn entries<'c>(cx: &'c Context<'_>, setting: &str) -> Option<Vec<(&'c str, ExprId)>> {
    let definitions = &cx.module.definitions;
    let Expr::Dict(entries) = &definitions[value(cx, setting)?] else { return None };
    entries
        .iter()
        .map(|(key, value)| match &definitions[(*key)?] {
            Expr::Literal(Literal::Str(text)) => Some((text.as_str(), *value)),
            _ => None,
        })
        .collect()
}

/// Appends an item to a list or dictionary: `written`, quoted like its neighbours.
pub(super) fn add(
    it: &mut FileRewrite<'_>,
    setting: &str,
    last: Option<ExprId>,
    written: &str,
) -> Option<()> {
    let cx = &it.cx;
    let lines = Lines { text: cx.text.as_str() };
    let whole = cx.module.spans.signature(value(cx, setting)?);
    let written = quoted(lines, whole, written);
    let edit = if let Some(last) = last {
        let last = cx.module.spans.signature(last);
        let is_spread = lines.start(whole.start) != lines.start(last.start);
        let separator = if is_spread {
            format!(",{}{}", lines.ending(), lines.indentation(last.start))
        } else {
            ", ".to_owned()
        };
        TextEdit { span: Span::new(last.end, last.end), insert: format!("{separator}{written}") }
    } else {
        let at = whole.start + 1;
        TextEdit { span: Span::new(at, at), insert: written }
    };
    it.apply(&[edit])
}

/// The text with the kind of quotes used most in that place.
pub(super) fn quoted(lines: Lines<'_>, like: Span, written: &str) -> String {
    let near = match lines.slice(like) {
        "" | "[]" | "{}" | "()" => lines.text,
        near => near,
    };
    if near.matches('\'').count() > near.matches('"').count() {
        written.replace('"', "'")
    } else {
        written.to_owned()
    }
}
