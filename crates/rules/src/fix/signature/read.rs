//! Reads a member where it is defined.

use model::Target;
use python::{BodyOwner, ClassId, Expr, ExprId, FunctionId, Literal, Name, ParameterKind, Scope, Stmt};
use source::Span;

use super::{Default, Method, Parameter, Signature};
use crate::Context;
use crate::fix::bindings::body_of;
use crate::fix::rewrite::{Carried, Meaning, Names, Piece, carry};

/// Decorators that change nothing of how a method is called: what they do is no matter of those who call it.
const TRANSPARENT: [&str; 12] = [
    "abstractmethod",
    "override",
    "final",
    "cache",
    "lru_cache",
    "retry",
    "wraps",
    "deprecated",
    "no_type_check",
    "type_check_only",
    "transactional",
    "atomic",
];

/// The overloads of a method that has some (PEP 484, `@overload`), in order; the method itself where it has none.
pub(in crate::fix) fn overloads(cx: &Context<'_>, function: FunctionId) -> Vec<FunctionId> {
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

/// A method or property. Nothing where its signature can't be told or carried: a decorator that may change it, a name that
/// only its class knows.
pub(in crate::fix) fn method(cx: &Context<'_>, function: FunctionId, names: &Names) -> Option<Method> {
    let definitions = &cx.module.definitions;
    let facts = definitions.functions.get(function.0 as usize)?;
    let mut names = names.clone();
    names.kept.extend(facts.type_parameters.iter().cloned());
    let of_expr = |id: ExprId| carry(cx, cx.text.slice(cx.module.spans.signature(id)), &names, true);
    let mut decorators = Vec::new();
    let mut is_static = false;
    for decorator in &facts.decorators {
        let (kept, last) = decorator_of(cx, *decorator)?;
        is_static |= last == "staticmethod";
        decorators.extend(kept);
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
        // The receiver is the port's; what the class says of its own type means nothing there.
        let is_receiver = index == 0 && !is_static;
        let annotation = match parameter.annotation {
            Some(annotation) if !is_receiver => Some(of_expr(annotation)?),
            _ => None,
        };
        // Whoever implements the port takes another instance of it, not of this class alone.
        let mentions_port =
            annotation.iter().flat_map(Carried::meanings).any(|it| matches!(it, Meaning::Own(_)));
        if mentions_port {
            return None;
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
    Some(Method {
        name: facts.name.clone(),
        decorators,
        // What yields is no coroutine; without a body it would be taken for one.
        is_async: facts.is_async && !facts.is_generator,
        type_parameters: type_parameters(cx, function, &names)?,
        parameters,
        returns: match facts.returns {
            Some(returns) => Some(of_expr(returns)?),
            None => None,
        },
        docstring: docstring(cx, function),
    })
}

impl Parameter {
    fn mark(mark: &str) -> Self {
        Self { name: mark.to_owned(), annotation: None, default: None }
    }
}

/// A decorator as the port needs it (nothing where it needs none), and its last name. Nothing at all where it may change
/// the signature.
fn decorator_of(cx: &Context<'_>, decorator: ExprId) -> Option<(Option<Carried>, String)> {
    let definitions = &cx.module.definitions;
    let named = match &definitions[decorator] {
        Expr::Call { callee, .. } => *callee,
        _ => decorator,
    };
    let dotted = definitions.exprs.dotted(named)?;
    let last = dotted.rsplit('.').next().unwrap_or_default().to_owned();
    let plain = |text: &str| Some(Carried(vec![Piece::Text(text.to_owned())]));
    let kept = match last.as_str() {
        "property" | "cached_property" | "abstractproperty" => plain("property"),
        "classmethod" | "abstractclassmethod" => plain("classmethod"),
        "staticmethod" | "abstractstaticmethod" => plain("staticmethod"),
        "overload" => Some(Carried::name(Meaning::standard("typing", "overload"))),
        "contextmanager" => Some(Carried::name(Meaning::standard("contextlib", "contextmanager"))),
        "asynccontextmanager" => Some(Carried::name(Meaning::standard("contextlib", "asynccontextmanager"))),
        _ if TRANSPARENT.contains(&last.as_str()) => None,
        _ => return None,
    };
    Some((kept, last))
}

/// The type parameters of a function or class with their bounds (PEP 695), read off the text behind its name.
fn type_parameters(cx: &Context<'_>, function: FunctionId, names: &Names) -> Option<Vec<Carried>> {
    if cx.module.definitions[function].type_parameters.is_empty() {
        return Some(Vec::new());
    }
    bracketed(cx, cx.module.spans.function_name(function), names)
}

/// What stands between the brackets behind a name, one for each type parameter.
pub(in crate::fix) fn bracketed(cx: &Context<'_>, name: Span, names: &Names) -> Option<Vec<Carried>> {
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

/// The docstring as it is written, its further lines without the indentation that they share with the first. Nothing where
/// it isn't one literal.
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
    // Behind something else on its line, it says nothing of how its lines are indented.
    let indentation = if before.trim().is_empty() { before } else { "" };
    let mut lines = written.lines();
    let mut out = lines.next()?.to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.strip_prefix(indentation).unwrap_or_else(|| line.trim_start()));
    }
    Some(out)
}

/// An attribute: declared in the class body, or stored by `__init__`. Nothing where no type can be told.
pub(in crate::fix) fn attribute(
    cx: &Context<'_>,
    class: ClassId,
    name: &str,
    is_written: bool,
    names: &Names,
) -> Option<Signature> {
    let definitions = &cx.module.definitions;
    let declared = definitions
        .variables
        .iter()
        .rfind(|it| it.scope == Scope::Class(class) && it.name == name && it.annotation.is_some());
    let annotation = match declared.and_then(|variable| variable.annotation) {
        Some(annotation) => declared_type(cx, annotation, names)?,
        None => stored_type(cx, class, name, names)?,
    };
    Some(Signature::Attribute { name: Name::from(name), annotation, is_written })
}

fn declared_type(cx: &Context<'_>, annotation: ExprId, names: &Names) -> Option<Carried> {
    let definitions = &cx.module.definitions;
    let of_expr = |id: ExprId| carry(cx, cx.text.slice(cx.module.spans.signature(id)), names, true);
    let Expr::Subscript { value, index } = &definitions[annotation] else { return of_expr(annotation) };
    let wrapper = definitions.exprs.dotted(*value)?;
    match wrapper.rsplit('.').next()? {
        "ClassVar" | "Final" => of_expr(*index),
        // Descriptors: what is read is not what is declared.
        "Mapped" | "InitVar" | "DynamicMapped" | "WriteOnlyMapped" => None,
        _ => of_expr(annotation),
    }
}

/// The type of `self.name` as `__init__` stores it: annotated there, or a parameter that is.
fn stored_type(cx: &Context<'_>, class: ClassId, name: &str, names: &Names) -> Option<Carried> {
    let definitions = &cx.module.definitions;
    let (id, init) =
        definitions.functions().find(|(_, it)| it.scope == Scope::Class(class) && it.name == "__init__")?;
    let body = body_of(cx, id)?;
    debug_assert!(matches!(body.owner, BodyOwner::Function(_)));
    let of_body = |expr: ExprId| carry(cx, cx.text.slice(cx.module.spans.expr(init.body, expr)), names, true);
    let mut found = None;
    for stmt in &body.stmts {
        let Stmt::Assign { targets, annotation, value } = stmt else { continue };
        let is_it = |target: &ExprId| match &body[*target] {
            Expr::Attribute { value, name: attribute } => {
                attribute == name && matches!(&body[*value], Expr::Name(receiver) if receiver == "self")
            }
            _ => false,
        };
        if !targets.iter().any(is_it) {
            continue;
        }
        if found.is_some() {
            // Stored twice: either may be what is read.
            return None;
        }
        found = Some(match (annotation, value.map(|value| &body[value])) {
            (Some(annotation), _) => of_body(*annotation)?,
            (None, Some(Expr::Name(parameter))) => {
                let parameter = init.parameters.iter().find(|it| it.name == *parameter)?;
                let annotation = cx.text.slice(cx.module.spans.signature(parameter.annotation?));
                carry(cx, annotation, names, true)?
            }
            (None, Some(Expr::Literal(literal))) => {
                let written = match literal {
                    Literal::Bool(_) => "bool",
                    Literal::Int(_) => "int",
                    Literal::Str(_) => "str",
                    Literal::Bytes => "bytes",
                    Literal::None | Literal::Number(_) | Literal::Ellipsis => return None,
                };
                Carried(vec![Piece::Text(written.to_owned())])
            }
            (None, Some(Expr::Call { callee, .. })) => instance_of(cx, init.body, *callee, names)?,
            _ => return None,
        });
    }
    found
}

/// The class that a call makes an instance of, where its name says that it is one.
fn instance_of(cx: &Context<'_>, body: python::BodyId, callee: ExprId, names: &Names) -> Option<Carried> {
    let exprs = &cx.module.bodies.list.get(body.0 as usize)?.exprs;
    let dotted = exprs.dotted(callee)?;
    let is_class = match model::query::head(cx.db, cx.project, cx.id, dotted.as_str().into()) {
        model::Head::Class(_) => true,
        model::Head::Foreign(_) => {
            let last = dotted.rsplit('.').next().unwrap_or_default();
            last.starts_with(|first: char| first.is_uppercase()) && !is_from_standard(cx, &dotted)
        }
        _ => false,
    };
    if is_class { carry(cx, &dotted, names, true) } else { None }
}

/// Whether the standard library makes it: some of its classes are functions in capitals' clothes (`threading.Lock`).
fn is_from_standard(cx: &Context<'_>, name: &str) -> bool {
    cx.imports().any(|view| {
        view.import.bound_name() == Some(name) && matches!(view.resolved.target, Target::Standard(_))
    })
}
