//! How queries are called in messages: `Order.objects.get`, `Order.items.count`.

use crate::{Kind, ModelRef, QueryState};
use python::Name;

/// The method `name` of a query, in words.
pub(super) fn of_query(query: &QueryState, name: &str) -> Name {
    if let Some(related) = &query.related
        && let Kind::Entity(owner) = &related.owner.kind
        && let Some(class) = owner.model.class()
    {
        return format!("{}.{}.{name}", class.name, related.relationship).into();
    }
    of_model(&query.model, "objects", name)
}

/// The method `name` of a manager, in words.
pub(super) fn of_model(model: &ModelRef, manager: &str, name: &str) -> Name {
    match model.class() {
        Some(class) => format!("{}.{manager}.{name}", class.name).into(),
        None => format!("queryset.{name}").into(),
    }
}

/// The method `name` of a row, in words.
pub(super) fn of_row(model: &ModelRef, name: &str) -> Name {
    match model.class() {
        Some(class) => format!("{}.{name}", class.name).into(),
        None => format!("model.{name}").into(),
    }
}
