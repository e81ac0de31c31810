//! Relationships that lead all rows of a query to the same row. A session identifies rows by key and fetches none
//! twice, so reading the relationship from all of the rows runs at most one query.
//! `select(Order).where(Order.customer == customer)`

use model::{Entity, Member};
use python::{Expr, ExprId, Name};

use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef};

/// The suffix of columns that hold the key of another row.
const KEY: &str = "_id";

/// The relationships shared by all rows that match these conditions.
pub(super) fn by_condition(walker: &dyn Interpreter, model: &ModelRef, arguments: &Arguments) -> Vec<Name> {
    let mut shared = Vec::new();
    let Some(entity) = model.class().and_then(|class| walker.entity(class)) else { return shared };
    for (name, ..) in &arguments.keywords {
        note(&mut shared, &entity, name);
    }
    for (_, expr) in &arguments.positional {
        if let Some(name) = compared(walker, *expr) {
            note(&mut shared, &entity, name);
        }
    }
    shared
}

/// The relationships shared by all rows that belong to one row: `query.with_parent(event)`.
pub(super) fn by_parent(walker: &dyn Interpreter, model: &ModelRef, arguments: &Arguments) -> Vec<Name> {
    let mut shared = Vec::new();
    let Some(entity) = model.class().and_then(|class| walker.entity(class)) else { return shared };
    let Some((parent, expr)) = arguments.positional.first() else { return shared };
    if let Expr::Name(name) | Expr::Attribute { name, .. } = &walker.body()[*expr] {
        note(&mut shared, &entity, name);
    }
    if let Kind::Entity(parent) = &parent.kind
        && let Some(class) = parent.model.class()
    {
        for (name, member) in &entity.members {
            match member {
                Member::Relationship(back) if !back.is_many && back.target.as_ref() == Some(class) => {
                    shared.push(name.clone());
                }
                _ => {}
            }
        }
    }
    shared
}

/// The attribute that a condition compares with one value.
fn compared(walker: &dyn Interpreter, expr: ExprId) -> Option<&Name> {
    let body = walker.body();
    match &body[expr] {
        Expr::Compare { first, rest } => match (&body[*first], &**rest) {
            (Expr::Attribute { name, .. }, [(op, _)]) if op == "==" => Some(name),
            _ => None,
        },
        // `Order.customer_id.is_(None)`
        Expr::Call { callee, .. } => match &body[*callee] {
            Expr::Attribute { value, name } if name == "is_" => match &body[*value] {
                Expr::Attribute { name, .. } => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Records the to-one relationship that an attribute is, or whose key it holds.
fn note(shared: &mut Vec<Name>, entity: &Entity, attribute: &str) {
    let is_one = |name: &&str| entity.relationship(name).is_some_and(|relationship| !relationship.is_many);
    let names = [Some(attribute), attribute.strip_suffix(KEY)];
    if let Some(name) = names.into_iter().flatten().find(is_one) {
        shared.push(name.into());
    }
}
