//! The changes in the class itself: the new parameter, and its use in place of the built collaborator.

use python::{Expr, FunctionId, Literal, ParameterKind, Scope, Stmt};
use source::{Span, TextEdit};
use view::Context;

use super::plan::{Plan, is_dataclass};
use super::{Bracketed, appended, slice};
use crate::lines::Lines;

/// The edits of the class.
pub(super) fn edits(cx: &Context<'_>, plan: &Plan) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    let replacement = match &plan.attribute {
        Some(attribute) => format!("self.{attribute}"),
        None => plan.parameter.clone(),
    };
    for (body, expr) in &plan.places {
        if let Some(stmt) = plan.needless {
            edits.push(without(cx, cx.module.spans.stmt(*body, stmt), cx.module.bodies[*body].root.len())?);
            continue;
        }
        edits.push(TextEdit { span: cx.module.spans.expr(*body, *expr), insert: replacement.clone() });
    }
    let parameter = format!("{}: {}", plan.parameter, plan.annotation);
    match plan.constructor {
        Some(constructor) => {
            edits.push(with_parameter(cx, plan, constructor, &parameter)?);
            if let Some(attribute) = &plan.attribute {
                edits.push(kept(cx, constructor, attribute, &plan.parameter)?);
            }
        }
        None if is_dataclass(cx, plan.class) => edits.push(field(cx, plan, &parameter)?),
        None => edits.push(new_constructor(cx, plan, &parameter)?),
    }
    Some(edits)
}

/// Removes a statement with its lines. `None` if it shares a line, or is the only statement.
fn without(cx: &Context<'_>, stmt: Span, among: usize) -> Option<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let alone = lines.before(stmt.start).trim().is_empty() && lines.after(stmt.end).trim().is_empty();
    (alone && among > 1).then(|| TextEdit {
        span: Span::new(lines.start(stmt.start), lines.next(stmt.end)),
        insert: String::new(),
    })
}

/// The constructor's parameters with the new one, and without those that are no longer used.
fn with_parameter(cx: &Context<'_>, plan: &Plan, constructor: FunctionId, new: &str) -> Option<TextEdit> {
    let text = cx.text.as_str();
    let list = Bracketed::after(text, cx.module.spans.function_name(constructor).end)?;
    let parts: Vec<Span> = list.parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let texts: Vec<&str> = parts.iter().map(|part| slice(text, *part)).collect::<Option<_>>()?;
    let parameters = &cx.module.definitions[constructor].parameters;
    let is_gone = |written: &&&str| {
        let name = written.split([':', '=', ' ', '\n']).next().unwrap_or_default();
        plan.gone.iter().any(|gone| gone == name)
    };
    let mut kept: Vec<&str> = texts.iter().filter(|written| !is_gone(written)).copied().collect();
    (texts.len() - kept.len() == plan.gone.len()).then_some(())?;
    let left = |kind: ParameterKind| parameters.iter().filter(move |it| it.kind == kind);
    let has_star = kept.iter().any(|written| written.starts_with('*') && !written.starts_with("**"));
    let has_default = left(ParameterKind::Normal)
        .any(|it| it.default.is_some() && !plan.gone.contains(&it.name.to_string()));
    let keyword_only = format!("*, {new}");
    let new = if !has_star && has_default { keyword_only.as_str() } else { new };
    let last = kept.iter().position(|written| written.starts_with("**")).unwrap_or(kept.len());
    if kept.len() == texts.len() && last == kept.len() {
        return Some(appended(text, &list, &parts, new));
    }
    kept.insert(last, new);
    // A bare star needs a parameter after it.
    let separator = if list.is_spread(text) { super::separator(text, parts[0]) } else { ", ".to_owned() };
    let span = Span::new(parts[0].start, parts[parts.len() - 1].end);
    Some(TextEdit { span, insert: kept.join(&separator) })
}

/// `self._orders = orders`, before the constructor's other statements.
fn kept(cx: &Context<'_>, constructor: FunctionId, attribute: &str, parameter: &str) -> Option<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let id = cx.module.definitions[constructor].body;
    let body = cx.module.bodies.list.get(id.0 as usize)?;
    let is_docstring = |stmt: &&python::StmtId| matches!(&body[**stmt], Stmt::Expr(expr) if matches!(body[*expr], Expr::Literal(Literal::Str(_))));
    let first = body.root.iter().find(|stmt| !is_docstring(stmt))?;
    let start = cx.module.spans.stmt(id, *first).start;
    lines.before(start).trim().is_empty().then_some(())?;
    let at = lines.start(start);
    let insert = format!("{}self.{attribute} = {parameter}{}", lines.indentation(start), lines.ending());
    Some(TextEdit { span: Span::new(at, at), insert })
}

/// A new constructor, before the first method.
fn new_constructor(cx: &Context<'_>, plan: &Plan, parameter: &str) -> Option<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let attribute = plan.attribute.as_deref()?;
    let at = first_method(cx, plan)?;
    let indentation = lines.indentation(at);
    let ending = lines.ending();
    let step = if indentation.starts_with('\t') { "\t" } else { "    " };
    let insert = format!(
        "{indentation}def __init__(self, {parameter}) -> None:{ending}{indentation}{step}self.{attribute} = {}{ending}{ending}",
        plan.parameter
    );
    let start = lines.start(at);
    Some(TextEdit { span: Span::new(start, start), insert })
}

/// A field of a dataclass, after the last; `None` if others have defaults, because it can't follow them.
fn field(cx: &Context<'_>, plan: &Plan, parameter: &str) -> Option<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let definitions = &cx.module.definitions;
    let mut fields =
        definitions.variables.iter().enumerate().filter(|(_, it)| it.scope == Scope::Class(plan.class));
    fields.clone().all(|(_, it)| it.annotation.is_some() && it.value.is_none()).then_some(())?;
    let at = match fields.next_back() {
        Some((index, field)) => {
            let end = cx.module.spans.signature(field.annotation?).end;
            let name = cx.module.spans.variables.get(index)?;
            let insert = format!("{}{}{parameter}", lines.ending(), lines.indentation(name.start));
            let end = lines.end(end);
            return Some(TextEdit { span: Span::new(end, end), insert });
        }
        None => first_method(cx, plan)?,
    };
    let start = lines.start(at);
    let insert = format!("{}{parameter}{}{}", lines.indentation(at), lines.ending(), lines.ending());
    Some(TextEdit { span: Span::new(start, start), insert })
}

/// The start of the class's first method, including decorators.
fn first_method(cx: &Context<'_>, plan: &Plan) -> Option<u32> {
    let definitions = &cx.module.definitions;
    let (id, _) = definitions.functions().find(|(_, it)| it.scope == Scope::Class(plan.class))?;
    let start = cx.module.spans.functions.get(id.0 as usize)?.start;
    let lines = Lines { text: cx.text.as_str() };
    lines.before(start).trim().is_empty().then_some(start)
}
