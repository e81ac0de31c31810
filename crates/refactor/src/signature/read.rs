//! Reads a member from its definition.

use model::Head;
use python::{Expr, ExprId, FunctionId, Literal, ParameterKind, Stmt};
use source::Span;
use view::Context;

use super::decorators::{self, Decorator};
use super::{Default, Method, Parameter};
use crate::Refusal;
use crate::bindings::body_of;
use crate::rewrite::{Carried, Meaning, Names, Piece, carry};
use crate::variance::{self, Position};

/// The overloads of a method (PEP 484, `@overload`), in order; the method itself if it has none.
pub(crate) fn overloads(cx: &Context<'_>, function: FunctionId) -> Vec<FunctionId> {
    let definitions = &cx.module.definitions;
    let own = &definitions[function];
    let is_overload = |decorator: &ExprId| {
        let dotted = definitions.exprs.dotted(*decorator);
        dotted.is_some_and(|dotted| dotted.rsplit('.').next() == Some("overload"))
    };
    let found: Vec<FunctionId> = definitions
        .functions()
        .filter(|(_, it)| it.scope == own.scope && it.name == own.name)
        .filter(|(_, it)| it.decorators.iter().any(is_overload))
        .map(|(id, _)| id)
        .collect();
    if found.is_empty() { vec![function] } else { found }
}

/// A method or property.
///
/// # Errors
/// If its signature is unknown or can't be carried: a decorator may change it, or a name is only known to its class.
pub(crate) fn method(cx: &Context<'_>, function: FunctionId, names: &Names) -> Result<Method, Refusal> {
    let definitions = &cx.module.definitions;
    let facts = &definitions[function];
    let mut names = names.clone();
    names.kept.extend(facts.type_parameters.iter().cloned());
    let of_expr = |id: ExprId| carried(cx, cx.text.slice(cx.module.spans.signature(id)), &names);
    let mut decorators = Vec::new();
    let (mut is_static, mut manager) = (false, None);
    for decorator in &facts.decorators {
        match decorators::read(cx, function, *decorator)? {
            Decorator::Kept(kept) => decorators.push(kept),
            Decorator::Static => {
                is_static = true;
                decorators.push(Carried(vec![Piece::Text("staticmethod".to_owned())]));
            }
            Decorator::Manager { is_async } => manager = Some(is_async),
            Decorator::Transparent => {}
        }
    }
    let mut parameters = Vec::new();
    let is_late = |kind: ParameterKind| !matches!(kind, ParameterKind::PositionalOnly);
    for (index, parameter) in facts.parameters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| facts.parameters[before].kind);
        if before == Some(ParameterKind::PositionalOnly) && is_late(parameter.kind) {
            parameters.push(Parameter::mark("/"));
        }
        let has_star = facts.parameters[..index]
            .iter()
            .any(|it| matches!(it.kind, ParameterKind::KeywordOnly | ParameterKind::Args));
        if parameter.kind == ParameterKind::KeywordOnly && !has_star {
            parameters.push(Parameter::mark("*"));
        }
        let stars = match parameter.kind {
            ParameterKind::Args => "*",
            ParameterKind::Kwargs => "**",
            _ => "",
        };
        // The receiver is the port's; the class's annotation of its own type means nothing there.
        let is_receiver = index == 0 && !is_static;
        let annotation = match parameter.annotation {
            Some(annotation) if !is_receiver => Some(of_expr(annotation)?),
            _ => None,
        };
        // An implementation of the port takes another instance of itself, not only of this class.
        if annotation.as_ref().is_some_and(|annotation| !variance::fits(annotation, Position::In)) {
            return Err(Refusal::new(format!("its parameter `{}` takes the class itself", parameter.name)));
        }
        parameters.push(Parameter {
            name: format!("{stars}{}", parameter.name),
            annotation,
            default: parameter.default.map(|default| {
                let text = cx.text.slice(cx.module.spans.signature(default));
                carry(cx, text, &names, false).map_or(Default::Other, Default::Known)
            }),
        });
    }
    if facts.parameters.last().is_some_and(|last| last.kind == ParameterKind::PositionalOnly) {
        parameters.push(Parameter::mark("/"));
    }
    let returns = match facts.returns {
        Some(returns) => Some(of_expr(returns)?),
        None => None,
    };
    // A port declares a context manager, however it is implemented.
    let returns = match manager {
        Some(is_async) => Some(managed(cx, function, is_async, &names)?),
        None => returns,
    };
    if returns.as_ref().is_some_and(|returns| !variance::fits(returns, Position::Out)) {
        let returns = facts.returns.map(|returns| cx.text.slice(cx.module.spans.signature(returns)));
        let returns = returns.unwrap_or_default();
        return Err(Refusal::new(format!("it returns `{returns}`, which isn't one of the Protocol")));
    }
    Ok(Method {
        name: facts.name.clone(),
        decorators,
        // A generator is not a coroutine; without a body it would look like one.
        is_async: facts.is_async && !facts.is_generator && manager.is_none(),
        type_parameters: type_parameters(cx, function, &names)
            .ok_or_else(|| Refusal::new("its type parameters can't be written in another module"))?,
        parameters,
        returns,
        docstring: docstring(cx, function),
    })
}

/// A type to be carried to another module.
///
/// # Errors
/// If one of its names has a meaning only in its place.
pub(super) fn carried(cx: &Context<'_>, text: &str, names: &Names) -> Result<Carried, Refusal> {
    carry(cx, text, names, true).ok_or_else(|| {
        let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Refusal::new(format!("its type `{written}` can't be written in another module"))
    })
}

/// The return type of a generator with `@contextmanager` or `@asynccontextmanager`, as callers see it.
fn managed(
    cx: &Context<'_>,
    function: FunctionId,
    is_async: bool,
    names: &Names,
) -> Result<Carried, Refusal> {
    let definitions = &cx.module.definitions;
    let entered = match definitions[function].returns.map(|returns| &definitions[returns]) {
        Some(Expr::Subscript { index, .. }) => {
            let first = match &definitions[*index] {
                Expr::Tuple(items) => items.first().copied().unwrap_or(*index),
                _ => *index,
            };
            carried(cx, cx.text.slice(cx.module.spans.signature(first)), names)?
        }
        Some(Expr::Literal(Literal::Str(text))) => {
            let inner = text.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']'));
            let inner = inner.filter(|inner| !inner.contains(','));
            let inner = inner.ok_or_else(|| Refusal::new(format!("its type `{text}` isn't understood")))?;
            carried(cx, inner, names)?
        }
        _ => Carried::name(Meaning::standard("typing", "Any")),
    };
    let manager = if is_async { "AbstractAsyncContextManager" } else { "AbstractContextManager" };
    let mut whole = Carried::name(Meaning::standard("contextlib", manager));
    whole.0.push(Piece::Text("[".to_owned()));
    whole.0.extend(entered.0);
    whole.0.push(Piece::Text("]".to_owned()));
    Ok(whole)
}

/// Whether a method is read like an attribute: `@property`, including cached ones.
pub(crate) fn is_property(cx: &Context<'_>, function: FunctionId) -> bool {
    let definitions = &cx.module.definitions;
    definitions[function].decorators.iter().any(|decorator| {
        let dotted = definitions.exprs.dotted(*decorator);
        dotted.is_some_and(|dotted| match decorators::named_by(cx, &dotted) {
            Head::Foreign(full) => {
                matches!(full.as_str(), "builtins.property" | "abc.abstractproperty")
            }
            _ => false,
        })
    })
}

impl Parameter {
    fn mark(mark: &str) -> Self {
        Self { name: mark.to_owned(), annotation: None, default: None }
    }
}

/// The type parameters of a function or class with their bounds (PEP 695), read from the text after its name.
fn type_parameters(cx: &Context<'_>, function: FunctionId, names: &Names) -> Option<Vec<Carried>> {
    if cx.module.definitions[function].type_parameters.is_empty() {
        return Some(Vec::new());
    }
    bracketed(cx, cx.module.spans.function_name(function), names)
}

/// The contents of the brackets after a name, one for each type parameter.
pub(crate) fn bracketed(cx: &Context<'_>, name: Span, names: &Names) -> Option<Vec<Carried>> {
    let rest = cx.text.as_str().get(name.end as usize..)?.trim_start();
    let inner = rest.strip_prefix('[')?;
    let (mut depth, mut start, mut parts) = (0_usize, 0_usize, Vec::new());
    for (at, char) in inner.char_indices() {
        match char {
            '[' | '(' => depth += 1,
            ']' if depth == 0 => {
                parts.push(&inner[start..at]);
                break;
            }
            ']' | ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            '#' | '"' | '\'' => return None,
            _ => {}
        }
    }
    let written = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    written
        .map(|part| {
            let Some(at) = part.find([':', '=']) else {
                return Some(Carried(vec![Piece::Text(part.to_owned())]));
            };
            if part[at + 1..].contains('=') {
                return None;
            }
            let mut carried = Carried(vec![Piece::Text(format!("{} ", &part[..=at].trim_end()))]);
            carried.0.extend(carry(cx, part[at + 1..].trim(), names, true)?.0);
            Some(carried)
        })
        .collect()
}

/// The docstring as written, its further lines without the indentation that they share with the first. `None` if it
/// isn't one literal.
fn docstring(cx: &Context<'_>, function: FunctionId) -> Option<String> {
    let body = body_of(cx, function)?;
    let first = *body.root.first()?;
    let Stmt::Expr(value) = &body[first] else { return None };
    if !matches!(body[*value], Expr::Literal(Literal::Str(_))) {
        return None;
    }
    let id = cx.module.definitions[function].body;
    let span = cx.module.spans.expr(id, *value);
    let written = cx.text.slice(span);
    let quoted = written.trim_start_matches(['r', 'R', 'u', 'U']);
    let triple = ["\"\"\"", "'''"].into_iter().find(|quotes| quoted.starts_with(quotes));
    let is_one_literal = match triple {
        Some(quotes) => quoted.len() >= 6 && quoted[3..].find(quotes) == Some(quoted.len() - 6),
        None => quoted.starts_with(['"', '\'']) && !quoted.contains('\n'),
    };
    if !is_one_literal {
        return None;
    }
    let line = cx.text.line_at(span.start);
    let before = cx.text.slice(Span::new(line.start, span.start));
    // After other text on its line, its position is no indication of the lines' indentation.
    let indentation = if before.trim().is_empty() { before } else { "" };
    let mut lines = written.lines();
    let mut out = lines.next()?.to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.strip_prefix(indentation).unwrap_or_else(|| line.trim_start()));
    }
    Some(out)
}
