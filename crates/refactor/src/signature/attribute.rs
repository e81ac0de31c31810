//! An attribute of a class: declared in the class body, or assigned by its methods.

use model::{Head, Target};
use python::{BodyId, ClassId, Expr, ExprId, Function, FunctionId, Literal, Name, Scope, Stmt};
use view::Context;

use super::decorators::named_by;
use super::read::carried;
use super::{Access, Signature};
use crate::Refusal;
use crate::bindings::body_of;
use crate::rewrite::{Carried, Names, Piece};
use crate::variance::{self, Position};

/// Descriptor wrappers: reading yields another type than the declared one.
const DESCRIPTORS: [&str; 8] = [
    "AppenderQuery",
    "AsyncAttrs",
    "AssociationProxy",
    "DynamicMapped",
    "InitVar",
    "Mapped",
    "Relationship",
    "WriteOnlyMapped",
];

/// Decorators that turn annotations into instance fields: the class itself doesn't have them.
const OF_FIELDS: [&str; 6] =
    ["dataclasses.dataclass", "attr.s", "attr.dataclass", "attrs.define", "attrs.frozen", "attrs.mutable"];

/// An attribute as callers see it.
///
/// # Errors
/// If its type is unknown, or a Protocol can't declare it.
pub(crate) fn attribute(
    cx: &Context<'_>,
    class: ClassId,
    name: &str,
    is_written: bool,
    names: &Names,
) -> Result<Signature, Refusal> {
    let definitions = &cx.module.definitions;
    let is_it = |it: &&python::Variable| it.scope == Scope::Class(class) && it.name == name;
    let declared = definitions.variables.iter().filter(is_it).rfind(|it| it.annotation.is_some());
    let mut access = if is_written { Access::Write } else { Access::Read };
    let annotation = match declared.and_then(|variable| variable.annotation) {
        Some(annotation) => {
            let text = cx.text.slice(cx.module.spans.signature(annotation));
            let value = declared.and_then(|variable| variable.value);
            let (wrapper, inner) = unwrapped(text);
            let of_inner = |inner: &str| match inner {
                "" => value
                    .and_then(|value| of_value(&definitions[value]))
                    .ok_or_else(|| Refusal::new("its type is only inferred")),
                inner => carried(cx, inner, names),
            };
            match wrapper {
                "ClassVar" if is_written => {
                    return Err(Refusal::new("it is a `ClassVar`, and assigned to on an instance"));
                }
                "ClassVar" => {
                    access = Access::Class;
                    of_inner(inner)?
                }
                "Final" if is_written => {
                    return Err(Refusal::new("it is `Final`, and assigned to"));
                }
                // Type checkers treat it as a read-only class variable, which a Protocol can't declare.
                "Final" if value.is_some() && !has_fields(cx, class) => {
                    return Err(Refusal::new(
                        "it is `Final` in the class body, which no Protocol can require",
                    ));
                }
                "Final" => of_inner(inner)?,
                wrapper if DESCRIPTORS.contains(&wrapper) => {
                    return Err(Refusal::new(format!(
                        "it is declared as `{wrapper}[...]`: type checkers compare the descriptor, not what it gives"
                    )));
                }
                // Type checkers treat a function in a class as a method.
                "Callable" if !has_fields(cx, class) => {
                    return Err(Refusal::new("it is a function that the class body declares"));
                }
                _ => carried(cx, text, names)?,
            }
        }
        None => match definitions.variables.iter().rfind(is_it) {
            Some(variable) => {
                let value = variable.value.and_then(|value| of_value(&definitions[value]));
                value.ok_or_else(|| Refusal::new("it has no type annotation"))?
            }
            None => stored_type(cx, class, name, names)?,
        },
    };
    let place = if access == Access::Read { Position::Out } else { Position::Both };
    if !variance::fits(&annotation, place) {
        return Err(Refusal::new("its type names the class itself where only the same type fits"));
    }
    Ok(Signature::Attribute { name: Name::from(name), annotation, access })
}

/// The last name of an annotation's generic type, and the text between its brackets: `ClassVar`, `str` for
/// `typing.ClassVar[str]`. Quotes around the whole are dropped.
fn unwrapped(text: &str) -> (&str, &str) {
    let bare = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    let text = bare.unwrap_or(text).trim();
    let (wrapper, inner) = match text.split_once('[') {
        Some((wrapper, rest)) => match rest.strip_suffix(']') {
            Some(inner) => (wrapper, inner),
            None => return ("", text),
        },
        None => (text, ""),
    };
    (wrapper.rsplit('.').next().unwrap_or_default().trim(), inner.trim())
}

/// Whether the annotations of a class are fields of its instances.
fn has_fields(cx: &Context<'_>, class: ClassId) -> bool {
    let definitions = &cx.module.definitions;
    let makes_fields = |decorator: &ExprId| {
        let named = match &definitions[*decorator] {
            Expr::Call { callee, .. } => *callee,
            _ => *decorator,
        };
        let dotted = definitions.exprs.dotted(named);
        dotted.is_some_and(|dotted| match named_by(cx, &dotted) {
            Head::Foreign(full) => OF_FIELDS.contains(&full.as_str()),
            _ => false,
        })
    };
    definitions[class].decorators.iter().any(makes_fields)
        || cx.architecture.hierarchy.of(cx.id, &definitions[class].name).is_some_and(|ancestors| {
            ["pydantic.BaseModel", "sqlmodel.SQLModel", "typing.NamedTuple"]
                .iter()
                .any(|base| ancestors.descends_from(base))
        })
}

/// The type of a literal.
fn of_value(value: &Expr) -> Option<Carried> {
    let written = match value {
        Expr::Literal(Literal::Bool(_)) => "bool",
        Expr::Literal(Literal::Int(_)) => "int",
        Expr::Literal(Literal::Str(_)) | Expr::FString(_) => "str",
        Expr::Literal(Literal::Bytes) => "bytes",
        _ => return None,
    };
    Some(Carried(vec![Piece::Text(written.to_owned())]))
}

/// The type of `self.name` as assigned in `__init__`: annotated there, or an annotated parameter. Unannotated
/// assignments in other methods must have the same type: type checkers combine all of them.
fn stored_type(cx: &Context<'_>, class: ClassId, name: &str, names: &Names) -> Result<Carried, Refusal> {
    let definitions = &cx.module.definitions;
    let methods = definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class));
    let (mut inits, others): (Vec<_>, Vec<_>) = methods.partition(|(_, it)| it.name == "__init__");
    let unknown = || Refusal::new("it has no type annotation");
    let (id, init) = inits.pop().ok_or_else(unknown)?;
    let mut stored = stores(cx, id, init, name);
    let annotated = stored.iter().position(|(annotation, _)| annotation.is_some());
    if let Some(at) = annotated {
        let (annotation, _) = stored.swap_remove(at);
        let annotation = annotation.map(|annotation| cx.module.spans.expr(init.body, annotation));
        let text = cx.text.slice(annotation.unwrap_or_default());
        return match unwrapped(text) {
            ("Final", inner) if !inner.is_empty() => carried(cx, inner, names),
            ("Final", _) => Err(Refusal::new("its type is only inferred")),
            _ => carried(cx, text, names),
        };
    }
    let mut found: Option<Carried> = None;
    let rest = others.into_iter().flat_map(|(id, method)| {
        stores(cx, id, method, name).into_iter().map(move |(_, value)| (method, id, value))
    });
    for (method, id, value) in stored.into_iter().map(|(_, value)| (init, id, value)).chain(rest) {
        let this = value_type(cx, id, method, value, names)?;
        match &found {
            Some(found) if *found != this => {
                return Err(Refusal::new("it is assigned values of several types, and has no annotation"));
            }
            _ => found = Some(this),
        }
    }
    found.ok_or_else(unknown)
}

/// The assignments to `self.name` in a method: annotation and value.
fn stores(
    cx: &Context<'_>,
    id: FunctionId,
    method: &Function,
    name: &str,
) -> Vec<(Option<ExprId>, Option<ExprId>)> {
    let (Some(body), Some(receiver)) = (body_of(cx, id), method.parameters.first()) else {
        return Vec::new();
    };
    let is_it = |target: &ExprId| match &body[*target] {
        Expr::Attribute { value, name: attribute } => {
            attribute == name && matches!(&body[*value], Expr::Name(named) if *named == receiver.name)
        }
        _ => false,
    };
    let found = body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Assign { targets, annotation, value } if targets.iter().any(is_it) => {
            Some((*annotation, *value))
        }
        _ => None,
    });
    found.collect()
}

/// The type of an assigned value.
fn value_type(
    cx: &Context<'_>,
    id: FunctionId,
    method: &Function,
    value: Option<ExprId>,
    names: &Names,
) -> Result<Carried, Refusal> {
    let unknown = || Refusal::new("it has no type annotation");
    let body = body_of(cx, id).ok_or_else(unknown)?;
    match value.map(|value| &body[value]) {
        Some(Expr::Name(parameter)) => {
            let parameter = method.parameters.iter().find(|it| it.name == *parameter).ok_or_else(unknown)?;
            let annotation = parameter.annotation.ok_or_else(unknown)?;
            carried(cx, cx.text.slice(cx.module.spans.signature(annotation)), names)
        }
        Some(Expr::Call { callee, .. }) => instance_of(cx, method.body, *callee, names),
        Some(value) => of_value(value).ok_or_else(unknown),
        None => Err(unknown()),
    }
}

/// The class that a call instantiates, if the callee's name looks like a class.
fn instance_of(cx: &Context<'_>, body: BodyId, callee: ExprId, names: &Names) -> Result<Carried, Refusal> {
    let unknown = || Refusal::new("it has no type annotation");
    let exprs = &cx.module.bodies.list.get(body.0 as usize).ok_or_else(unknown)?.exprs;
    let dotted = exprs.dotted(callee).ok_or_else(unknown)?;
    let is_class = match model::query::head(cx.db, cx.project, cx.id, dotted.as_str().into()) {
        Head::Class(_) => true,
        Head::Foreign(_) => {
            let last = dotted.rsplit('.').next().unwrap_or_default();
            last.starts_with(|first: char| first.is_uppercase()) && !is_from_standard(cx, &dotted)
        }
        _ => false,
    };
    if is_class { carried(cx, &dotted, names) } else { Err(unknown()) }
}

/// Whether it comes from the standard library: some of its class-like names are functions (`threading.Lock`).
fn is_from_standard(cx: &Context<'_>, name: &str) -> bool {
    cx.imports().any(|view| {
        view.import.bound_name() == Some(name) && matches!(view.resolved.target, Target::Standard(_))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_annotation_wraps() {
        let cases = [
            ("ClassVar[str]", ("ClassVar", "str")),
            ("typing.ClassVar[dict[str, int]]", ("ClassVar", "dict[str, int]")),
            ("\"ClassVar[str]\"", ("ClassVar", "str")),
            ("Final", ("Final", "")),
            ("str", ("str", "")),
            ("list[int] | None", ("", "list[int] | None")),
        ];
        for (text, expected) in cases {
            assert_eq!(unwrapped(text), expected, "{text}");
        }
    }
}
