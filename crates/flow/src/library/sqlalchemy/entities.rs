//! Mapped classes, their attributes, and row attributes that are more than a plain value.

use model::{ClassRef, Loading, Member, Orm};
use python::ExprId;

use super::{refine, running, selected};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Entity, Kind, Loads, ModelRef, QueryState, ReadKind, Related, Value};

/// The attribute of a row that provides awaitable access to its other attributes.
pub(super) const AWAITED: &str = "awaitable_attrs";

/// Reads an attribute of a class: a mapped attribute, or Flask-SQLAlchemy's `query`.
pub(super) fn of_class(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    let Kind::Class(class) = &receiver.kind else { return None };
    let Some(entity) = walker.entity(class) else {
        // `cls.query` in a mixin of models: only callers know the class.
        let is_mixin = name == "query"
            && receiver.path.is_some()
            && crate::types::classes::member(walker.db(), walker.project(), class, name).is_none();
        return is_mixin.then(|| {
            let query = walker.begin(expr, refine::model(walker, receiver), Orm::SqlAlchemy);
            selected::value(QueryState { runs_itself: true, ..query })
        });
    };
    if entity.orm == Orm::Django {
        return None;
    }
    match entity.members.get(name) {
        Some(_) => Some(Value::of(Kind::Field(class.clone(), name.into()))),
        None if name == "query" => {
            let model = refine::model(walker, receiver);
            let query = walker.begin(expr, model, entity.orm);
            Some(selected::value(QueryState { runs_itself: true, ..query }))
        }
        None if name == "__table__" => {
            Some(Value::of(Kind::ForeignInstance(python::Name::new_static(super::origin::TABLE))))
        }
        None => None,
    }
}

/// Reads an attribute of a mapped attribute, which is an attribute of the relationship's target.
pub(super) fn of_field(walker: &dyn Interpreter, class: &ClassRef, field: &str, name: &str) -> Option<Value> {
    let entity = walker.entity(class)?;
    let target = entity.relationship(field).and_then(|relationship| relationship.target.clone());
    match (name, target) {
        ("property" | "mapper", _) => None,
        // `Order.customer.name`: a rare legacy way to refer to the target.
        (_, Some(target)) if walker.entity(&target)?.members.contains_key(name) => {
            Some(Value::of(Kind::Field(target, name.into())))
        }
        _ => Some(Value::of(Kind::Plain)),
    }
}

/// Calls a method of a mapped attribute: a condition, or the same attribute restricted to some of its rows.
pub(super) fn field_method(receiver: &Value, name: &str, arguments: &Arguments) -> Value {
    match name {
        "of_type" | "and_" | "adapt_to_entity" => receiver.clone(),
        _ => Value::of(Kind::Plain).with_deps(receiver.deps | arguments.deps()),
    }
}

/// `await order.awaitable_attrs.items`: a lazy load that is allowed to run.
pub(super) fn awaited(walker: &mut dyn Interpreter, expr: ExprId, row: &Value, name: &str) -> Value {
    let mut row = row.clone();
    if let Kind::Entity(entity) = &mut row.kind {
        entity.is_async = false;
    }
    let value = walker.attribute(expr, &row, &name.into());
    running::wrap(true, running::from_async(value))
}

/// Reads an attribute of a row that is a query: a dynamic relationship.
pub(super) fn of_entity(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    entity: &Entity,
    name: &str,
) -> Option<Value> {
    let mapped = walker.entity(entity.model.class()?).filter(|entity| entity.orm != Orm::Django)?;
    if name == AWAITED {
        return Some(Value::of(Kind::ForeignMethod(receiver.clone().into(), AWAITED.into())));
    }
    match mapped.members.get(name) {
        Some(Member::Relationship(relationship)) if relationship.loading == Loading::Dynamic => {
            let model = relationship.target.clone().map_or(ModelRef::Unknown, ModelRef::Known);
            let mut query = walker.begin(expr, model, mapped.orm);
            query.deps = query.deps | receiver.deps;
            query.runs_itself = true;
            query.is_filtered = true;
            if let Some(back) = walker.leads_back(entity, relationship) {
                query.loads.put(back, Loads { is_open: true, ..entity.loads.clone() });
            }
            query.related = Some(Related {
                owner: receiver.clone().into(),
                relationship: name.into(),
                // A dynamic relationship is never loaded.
                is_plain: false,
                asked: ReadKind::Rows,
            });
            Some(selected::value(query))
        }
        _ => None,
    }
}
