//! Collaborators that a class holds in other ways than an attribute that its constructor sets: in a collection of its body, or
//! made by a property when it is read.

use python::{Body, BodyOwner, ClassId, Expr, ExprId, FunctionId};
use view::checked_classes;
use view::scope::{Names, of_self};

/// The values that a class body assigns in one: those of a display, `{"a": Orders(), "b": Orders()}`, and of alternatives,
/// `None or Orders()`.
pub(super) fn parts(body: &Body, value: ExprId) -> Vec<ExprId> {
    match &body[value] {
        Expr::Tuple(parts) | Expr::List(parts) | Expr::Set(parts) => parts.to_vec(),
        Expr::Dict(parts) => parts.iter().map(|(_, part)| *part).collect(),
        Expr::Bool { left, right, .. } => vec![*left, *right],
        _ => vec![value],
    }
}

/// Whether a method is a property that another method of the class reads: no factory for others.
pub(super) fn is_attribute(names: &Names<'_>, class: ClassId, method: FunctionId) -> bool {
    let definitions = &names.cx.module.definitions;
    let facts = &definitions[method];
    let is_property = facts.decorators.iter().any(|decorator| {
        matches!(definitions.exprs.decorator_name(*decorator), Some("property" | "cached_property"))
    });
    is_property
        && names.bodies().any(|(_, body)| {
            let BodyOwner::Function(function) = body.owner else { return false };
            let is_other = function != method
                && checked_classes::class_around(names.cx, function)
                    .is_some_and(|(around, _)| around == class);
            is_other
                && (0..body.exprs.list.len())
                    .any(|index| of_self(body, ExprId(index as u32)) == Some(&facts.name))
        })
}
