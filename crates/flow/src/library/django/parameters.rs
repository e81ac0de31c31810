//! Infers the model of an unannotated parameter from its name. `def total(order)` takes an `Order` if there is only one
//! model of that name and the function reads only attributes of `order` that an `Order` has.

use model::{ClassRef, Entity as Facts, Project};
use python::{Body, Expr, Name};

use crate::types::classes;
use crate::{Db, Entity, FunctionRef, Kind, Loads, ModelRef, Origin, Value};

/// Attributes that every row has.
const EVERY_ROW: &[&str] = &[
    "DoesNotExist",
    "_meta",
    "_state",
    "delete",
    "full_clean",
    "id",
    "objects",
    "pk",
    "refresh_from_db",
    "save",
];

/// The row that a parameter holds, inferred from its name.
pub(crate) fn parameter(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    if let Some(rows) = super::admin::queryset(db, project, function, index) {
        return Some(rows);
    }
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    let facts = definitions.functions.get(function.function.0 as usize)?;
    let parameter = facts.parameters.get(index)?;
    if parameter.annotation.is_some() || parameter.default.is_some() {
        return None;
    }
    let class = crate::query::model_called(db, project, parameter.name.clone())?;
    let entity = model::query::entity(db, project, class.module, class.name.clone())?;
    let body = python::query::body(db, file, facts.body)?;
    let read = read_of(&body, &parameter.name);
    let has_all = read.iter().all(|name| has(db, project, &class, &entity, name));
    (!read.is_empty() && has_all).then(|| {
        Value::of(Kind::Entity(Entity {
            model: ModelRef::Known(class),
            loads: Loads::default(),
            origin: Origin::Declared,
            is_async: false,
            traits: crate::Traits::NONE,
            back: None,
            state: crate::RowState::Attached,
        }))
    })
}

/// The attributes of a name that a body reads.
fn read_of<'b>(body: &'b Body, holder: &str) -> Vec<&'b Name> {
    let read = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Attribute { value, name } => {
            matches!(&body[*value], Expr::Name(it) if it == holder).then_some(name)
        }
        _ => None,
    });
    read.collect()
}

fn has(db: &dyn Db, project: Project, class: &ClassRef, entity: &Facts, name: &Name) -> bool {
    let column = name.strip_suffix("_id").unwrap_or_default();
    entity.members.contains_key(name)
        || entity.members.contains_key(column)
        || EVERY_ROW.contains(&name.as_str())
        || classes::member(db, project, class, name).is_some()
}
