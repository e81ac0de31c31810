//! Classes with a generated constructor: the generating library and its settings.

use model::Head;
use python::{Arg, Expr, ExprId, Literal, Scope};

use super::Subject;

/// The library that generates a data class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataLibrary {
    /// `dataclasses.dataclass` (PEP 557), or pydantic's function of the same name.
    Dataclass,
    /// `attrs.define`, `attr.s`.
    Attrs,
    /// `pydantic.BaseModel`
    Pydantic,
    /// `typing.NamedTuple`, `typing.TypedDict`, `msgspec.Struct`.
    Other,
}

/// The settings of a data class.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an argument of its own, and all combinations occur"
)]
pub struct DataShape {
    /// The generating library.
    pub library: DataLibrary,
    /// Whether attributes can't be assigned.
    pub is_frozen: bool,
    /// Whether instances have slots.
    pub has_slots: bool,
    /// Whether two instances with the same values are equal.
    pub is_equal_by_value: bool,
    /// Whether it requests a hash although it is mutable.
    pub has_unsafe_hash: bool,
    /// The decorator that generates it; `None` if it is generated because of a base.
    pub decorator: Option<ExprId>,
}

/// How a data class is generated; `None` for any other class.
pub fn shape(subject: &Subject<'_>) -> Option<DataShape> {
    subject.facts().decorators.iter().find_map(|it| decorated(subject, *it)).or_else(|| inherited(subject))
}

fn decorated(subject: &Subject<'_>, decorator: ExprId) -> Option<DataShape> {
    let definitions = &*subject.definitions;
    let (callee, args): (ExprId, &[Arg]) = match &definitions[decorator] {
        Expr::Call { callee, args } => (*callee, args),
        _ => (decorator, &[]),
    };
    let full = full_name(subject, callee)?;
    let flag = |name: &str, default: bool| {
        args.iter()
            .find_map(|arg| match arg {
                Arg::Keyword(key, value) if key == name => {
                    Some(matches!(definitions[*value], Expr::Literal(Literal::Bool(true))))
                }
                _ => None,
            })
            .unwrap_or(default)
    };
    let library = match full.as_str() {
        "dataclasses.dataclass" | "pydantic.dataclasses.dataclass" => DataLibrary::Dataclass,
        "attr.s" | "attr.attrs" | "attr.attrib" | "attr.dataclass" | "attr.define" | "attr.mutable"
        | "attr.frozen" | "attrs.define" | "attrs.mutable" | "attrs.frozen" => DataLibrary::Attrs,
        _ => return None,
    };
    let is_modern = matches!(full.rsplit('.').next(), Some("define" | "mutable" | "frozen"));
    Some(DataShape {
        library,
        is_frozen: flag("frozen", full.ends_with(".frozen")),
        has_slots: flag("slots", is_modern),
        is_equal_by_value: flag("eq", true),
        has_unsafe_hash: flag("unsafe_hash", false) || flag("hash", false),
        decorator: Some(decorator),
    })
}

fn inherited(subject: &Subject<'_>) -> Option<DataShape> {
    let foreign = subject.foreign();
    let library = foreign.iter().find_map(|name| match name.as_str() {
        "typing.NamedTuple" | "typing_extensions.NamedTuple" | "typing.TypedDict" | "msgspec.Struct" => {
            Some(DataLibrary::Other)
        }
        "pydantic.BaseModel" | "pydantic.RootModel" | "pydantic.main.BaseModel" => {
            Some(DataLibrary::Pydantic)
        }
        _ => None,
    })?;
    let is_tuple = foreign.iter().any(|name| name.ends_with(".NamedTuple"));
    Some(DataShape {
        library,
        is_frozen: is_tuple || (library == DataLibrary::Pydantic && is_frozen_model(subject)),
        has_slots: true,
        is_equal_by_value: true,
        has_unsafe_hash: false,
        decorator: None,
    })
}

/// Whether a pydantic model, or one of its ancestors, declares itself frozen.
fn is_frozen_model(subject: &Subject<'_>) -> bool {
    declares_frozen(subject)
        || subject.bases().iter().any(|base| {
            Subject::of(subject.db, subject.project, base).is_some_and(|base| declares_frozen(&base))
        })
}

fn declares_frozen(subject: &Subject<'_>) -> bool {
    let definitions = &*subject.definitions;
    let is_bool = |value: ExprId, wanted: bool| matches!(definitions[value], Expr::Literal(Literal::Bool(found)) if found == wanted);
    let is_frozen =
        |arg: &Arg| matches!(arg, Arg::Keyword(name, value) if name == "frozen" && is_bool(*value, true));
    let by_keyword = subject.facts().bases.iter().any(is_frozen);
    let by_config = definitions.variables.iter().any(|variable| {
        let Some(value) = variable.value else { return false };
        match variable.scope {
            Scope::Class(id) if id == subject.id && variable.name == "model_config" => {
                match &definitions[value] {
                    Expr::Call { args, .. } => args.iter().any(is_frozen),
                    Expr::Dict(entries) => entries.iter().any(|(key, value)| {
                        is_bool(*value, true)
                            && key.is_some_and(|key| {
                                matches!(&definitions[key], Expr::Literal(Literal::Str(text)) if text == "frozen")
                            })
                    }),
                    _ => false,
                }
            }
            // `class Config:` in pydantic 1.
            Scope::Class(id) if definitions[id].scope == Scope::Class(subject.id) => {
                (variable.name == "frozen" && is_bool(value, true))
                    || (variable.name == "allow_mutation" && is_bool(value, false))
            }
            _ => false,
        }
    });
    by_keyword || by_config
}

/// The full name, outside the project, of a dotted expression in a class statement.
fn full_name(subject: &Subject<'_>, expr: ExprId) -> Option<String> {
    let dotted = subject.definitions.exprs.dotted(expr)?;
    let (root, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    match model::query::head(subject.db, subject.project, subject.class.module, root.into()) {
        Head::Foreign(full) if rest.is_empty() => Some(full.to_string()),
        Head::Foreign(full) => Some(format!("{full}.{rest}")),
        _ => None,
    }
}
