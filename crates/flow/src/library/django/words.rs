//! Descriptions of queries in messages: `Order.objects.get`, `Order.items.count`.

use crate::{Kind, ModelRef, QueryState};
use python::Name;

/// Describes the call of the method `name` on a query.
pub(super) fn of_query(query: &QueryState, name: &str) -> Name {
    if let Some(related) = &query.related
        && let Kind::Entity(owner) = &related.owner.kind
        && let Some(class) = owner.model.class()
    {
        return format!("{}.{}.{name}", class.name, related.relationship).into();
    }
    of_model(&query.model, "objects", name)
}

/// Describes the call of the method `name` on a manager.
pub(super) fn of_model(model: &ModelRef, manager: &str, name: &str) -> Name {
    match model.class() {
        Some(class) => format!("{}.{manager}.{name}", class.name).into(),
        None => format!("queryset.{name}").into(),
    }
}

/// Describes the call of the method `name` on a row.
pub(super) fn of_row(model: &ModelRef, name: &str) -> Name {
    match model.class() {
        Some(class) => format!("{}.{name}", class.name).into(),
        None => format!("model.{name}").into(),
    }
}
