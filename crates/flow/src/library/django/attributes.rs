//! Attributes with a modelled meaning: managers on classes, related managers on rows.

use std::sync::Arc;

use model::{Member, Orm};
use python::{ExprId, Name};

use crate::interpreter::Interpreter;
use crate::{Entity, Kind, Loads, ModelRef, ReadKind, Related, Value};

/// Managers that every model has.
const DEFAULT_MANAGERS: &[&str] = &["objects", "_default_manager", "_base_manager"];

/// Rows stored on a row under a custom attribute: those of `Prefetch(to_attr=...)`.
fn kept(
    walker: &dyn Interpreter,
    facts: &model::Entity,
    receiver: &Value,
    row: &Entity,
    (name, loads): (&str, &Loads),
) -> Value {
    let Some(relationship) = loads.of.as_ref().and_then(|of| facts.relationship(of)) else {
        return Value::UNKNOWN;
    };
    let mut inner = Loads { is_open: loads.is_open || row.loads.is_open, ..loads.clone() };
    // Django caches the owning row on the rows that it returns.
    let back = walker.leads_back(row, relationship);
    if let Some(back) = &back {
        inner.relationships.entry(back.clone()).or_insert_with(Loads::open);
    }
    let one = Value::of(Kind::Entity(Entity {
        model: relationship.target.clone().map_or(ModelRef::Unknown, ModelRef::Known),
        loads: inner,
        origin: row.leading(&name.into()),
        is_async: row.is_async,
        traits: row.traits,
        state: crate::RowState::Attached,
        back: back.map(|back| Arc::new((back, receiver.clone().into()))),
    }));
    let value = if relationship.is_many { one.many() } else { one };
    value.with_deps(receiver.deps)
}

/// An attribute of a class, a row or a query.
pub(crate) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    match &receiver.kind {
        Kind::Class(class) => {
            let entity = walker.entity(class)?;
            if entity.orm != Orm::Django {
                return None;
            }
            let declared = matches!(entity.members.get(name), Some(Member::Manager { .. }));
            let kind = Kind::Manager(class.clone(), Name::from(name));
            (declared || DEFAULT_MANAGERS.contains(&name)).then(|| Value::of(kind))
        }
        Kind::Entity(row) => {
            let class = row.model.class()?.clone();
            let entity = walker.entity(&class)?;
            if entity.orm != Orm::Django {
                return None;
            }
            let Some(relationship) = entity.relationship(name) else {
                // What an annotation computes, or where `Prefetch(to_attr=...)` puts rows, hides a property.
                return row.loads.get(name).map(|loads| kept(walker, &entity, receiver, row, (name, loads)));
            };
            if !relationship.is_many {
                return None;
            }
            let model = relationship.target.clone().map_or(ModelRef::Unknown, ModelRef::Known);
            let mut query = walker.begin(expr, model, Orm::Django);
            query.deps = receiver.deps;
            query.is_filtered = true;
            query.related = Some(Related {
                owner: receiver.clone().into(),
                relationship: name.into(),
                is_plain: true,
                asked: ReadKind::Rows,
            });
            // Django stores the owning row on the rows that it returns.
            if let Some((inverse, target)) = relationship.inverse.as_ref().zip(relationship.target.as_ref())
                && let Some(target) = walker.entity(target)
                && target.relationship(inverse).is_some_and(|inverse| !inverse.is_many)
            {
                let loads = Loads { is_open: true, ..row.loads.clone() };
                query.loads.put(inverse.clone(), loads);
            }
            Some(Value::of(Kind::Query(Arc::new(query))).with_deps(receiver.deps))
        }
        // A page of a paginator, and the query that its pages are slices of.
        Kind::Query(query) if query.orm == Orm::Django && name == "object_list" => Some(receiver.clone()),
        _ => super::views::attribute(walker, expr, receiver, name),
    }
}
