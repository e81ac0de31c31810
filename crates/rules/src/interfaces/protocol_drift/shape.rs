//! A method's signature from the caller's view: how it is called, with what, and whether it is awaited.

use flow::FunctionRef;
use python::{Definitions, Expr, ExprId, Function, Name, ParameterKind, Scope};
use view::Context;

/// Decorators that keep a method's signature, by their last name.
const PLAIN: [&str; 9] = [
    "abstractmethod",
    "abstractclassmethod",
    "abstractstaticmethod",
    "classmethod",
    "final",
    "override",
    "overrides",
    "staticmethod",
    "typechecked",
];
/// Decorators that turn a method into an attribute.
const READ: [&str; 3] = ["property", "cached_property", "abstractproperty"];

/// How a method is accessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Called on an instance.
    Instance,
    /// Called on the class as well.
    Class,
    /// Read like an attribute.
    Property,
}

/// Whether a call is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    Yes,
    /// Awaited, and its annotation says that the result is no iterator: `async def rows(self) -> list[int]`.
    Result,
    No,
    /// Awaited, and the result is iterated: `async def rows(self) -> AsyncIterator[int]` without a `yield`.
    ToWalk,
    /// An async generator: iterated, never awaited.
    Walked,
    /// Not async itself, it returns what is iterated: `def rows(self) -> AsyncIterator[int]`.
    Iterated,
    /// Returns something that may or may not be awaitable.
    Unknown,
}

/// Annotations of what `async for` walks.
const ITERATORS: [&str; 3] = ["AsyncGenerator", "AsyncIterable", "AsyncIterator"];

/// A parameter other than the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Param {
    pub(super) name: Name,
    pub(super) has_default: bool,
    /// Whether it can be passed by name.
    pub(super) by_name: bool,
}

/// A method's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) access: Access,
    pub(super) awaited: Awaited,
    /// Parameters passed by position only, or by position or name.
    pub(super) positional: Vec<Param>,
    /// Keyword-only parameters.
    pub(super) keyword_only: Vec<Param>,
    /// `*args`
    pub(super) takes_more: bool,
    /// `**kwargs`
    pub(super) takes_any_name: bool,
}

impl Shape {
    /// The signature of a method; `None` if decorators may change it, or several functions share the name.
    pub(super) fn of(cx: &Context<'_>, function: FunctionRef) -> Option<Self> {
        let file = cx.file_of(function.module);
        let definitions = python::query::definitions(cx.db, file);
        let facts = definitions.functions.get(function.function.0 as usize)?;
        let Scope::Class(_) = facts.scope else { return None };
        let namesakes = definitions.functions.iter();
        if namesakes.filter(|it| it.scope == facts.scope && it.name == facts.name).count() != 1 {
            return None;
        }
        let names: Option<Vec<&str>> =
            facts.decorators.iter().map(|decorator| definitions.exprs.decorator_name(*decorator)).collect();
        let names = names?;
        if !names.iter().all(|name| PLAIN.contains(name) || READ.contains(name)) {
            return None;
        }
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
        let access = if has(&READ) {
            Access::Property
        } else if has(&["staticmethod", "classmethod", "abstractstaticmethod", "abstractclassmethod"]) {
            Access::Class
        } else {
            Access::Instance
        };
        let receivers = usize::from(!has(&["staticmethod", "abstractstaticmethod"]));
        let awaited = awaited(cx, file, &definitions, facts);
        let mut shape = Self {
            access,
            awaited,
            positional: Vec::new(),
            keyword_only: Vec::new(),
            takes_more: false,
            takes_any_name: false,
        };
        for (index, parameter) in facts.parameters.iter().enumerate() {
            let is_receiver = index < receivers
                && matches!(parameter.kind, ParameterKind::Normal | ParameterKind::PositionalOnly);
            let param = Param {
                name: parameter.name.clone(),
                has_default: parameter.default.is_some(),
                by_name: parameter.kind != ParameterKind::PositionalOnly && !parameter.name.starts_with("__"),
            };
            match parameter.kind {
                _ if is_receiver => {}
                ParameterKind::PositionalOnly | ParameterKind::Normal => shape.positional.push(param),
                ParameterKind::KeywordOnly => shape.keyword_only.push(param),
                ParameterKind::Args => shape.takes_more = true,
                ParameterKind::Kwargs => shape.takes_any_name = true,
            }
        }
        // Python passes nothing to a property: one with parameters is meant to be called.
        let takes_some =
            shape.takes_anything() || !shape.positional.is_empty() || !shape.keyword_only.is_empty();
        (access != Access::Property || !takes_some).then_some(shape)
    }

    /// Whether it accepts arbitrary arguments.
    pub(super) fn takes_anything(&self) -> bool {
        self.takes_more || self.takes_any_name
    }
}

/// Whether a call of the method is awaited. Generators are iterated, and their declarations differ from their
/// implementations.
fn awaited(cx: &Context<'_>, file: source::File, definitions: &Definitions, facts: &Function) -> Awaited {
    if facts.is_generator {
        return if facts.is_async { Awaited::Walked } else { Awaited::Unknown };
    }
    let promised = facts.returns.and_then(|annotation| promised(definitions, annotation));
    if facts.is_async {
        let walks = |name: &str| name.starts_with("Async");
        return match promised.as_deref() {
            Some(name) if walks(name) => Awaited::ToWalk,
            None | Some("Any" | "object" | "Generator" | "Iterable" | "Iterator") => Awaited::Yes,
            Some(_) => Awaited::Result,
        };
    }
    match promised.as_deref() {
        Some(name) if is_awaitable(name) => Awaited::Yes,
        Some("Any" | "object") => Awaited::Unknown,
        Some(name) if ITERATORS.contains(&name) => Awaited::Iterated,
        Some(name) if name.starts_with("Async") => Awaited::Unknown,
        Some(_) => Awaited::No,
        None if facts.is_stub => Awaited::Unknown,
        None => {
            let returns_call = python::query::body(cx.db, file, facts.body).is_none_or(|body| {
                body.stmts.iter().any(|stmt| match stmt {
                    python::Stmt::Return(Some(value)) => {
                        !matches!(&body[*value], Expr::Literal(_) | Expr::FString(_) | Expr::Compare { .. })
                    }
                    _ => false,
                })
            });
            if returns_call { Awaited::Unknown } else { Awaited::No }
        }
    }
}

/// The outermost name of an annotation: `Awaitable` for `Awaitable[int]`. `None` for a union or anything computed.
fn promised(definitions: &Definitions, annotation: ExprId) -> Option<String> {
    let mut at = annotation;
    if let Expr::Subscript { value, .. } = &definitions[at] {
        at = *value;
    }
    if let Expr::Literal(python::Literal::None) = &definitions[at] {
        return Some("None".to_owned());
    }
    if let Expr::Literal(python::Literal::Str(text)) = &definitions[at] {
        let name = text.split('[').next().unwrap_or_default();
        return Some(name.rsplit('.').next().unwrap_or_default().to_owned());
    }
    if let Expr::Binary { left, right, .. } = &definitions[at] {
        let names = [*left, *right].map(|side| promised(definitions, side));
        return match names {
            [Some(left), Some(right)] if !is_awaitable(&left) && !is_awaitable(&right) => Some(left),
            _ => Some("Any".to_owned()),
        };
    }
    let dotted = definitions.exprs.dotted(at)?;
    let last = dotted.rsplit('.').next()?;
    // Their arguments may be awaitable.
    Some(if matches!(last, "Optional" | "Union" | "Annotated") { "Any".to_owned() } else { last.to_owned() })
}

fn is_awaitable(name: &str) -> bool {
    matches!(name, "Awaitable" | "Coroutine" | "Future" | "Task" | "CoroutineType")
}
