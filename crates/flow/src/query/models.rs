//! The models of the project by what code calls them.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, Project};
use python::Name;
use rustc_hash::FxHashMap;

use crate::Db;

/// Whether the project has models of Django.
#[salsa::tracked(returns(copy))]
pub fn has_django(db: &dyn Db, project: Project) -> bool {
    let schema = model::query::schema(db, project);
    schema.entities.values().any(|entity| entity.orm == model::Orm::Django)
}

/// The models of Django by the names that code gives to one row: `order_item` for `OrderItem`. Without those that share
/// one.
#[salsa::tracked(returns(clone))]
fn models_by_word(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, Option<ClassRef>>> {
    let schema = model::query::schema(db, project);
    let mut models = FxHashMap::default();
    for (class, entity) in &schema.entities {
        let is_django = entity.orm == model::Orm::Django;
        models
            .entry(python::naming::snake(&class.name).into())
            .and_modify(|only| *only = None)
            .or_insert_with(|| is_django.then(|| class.clone()));
    }
    Arc::new(models)
}

/// The one model of Django that a name speaks of: `OrderItem` for `order_item`.
#[salsa::tracked(returns(clone))]
pub fn model_called(db: &dyn Db, project: Project, name: Name) -> Option<ClassRef> {
    models_by_word(db, project).get(&name).cloned().flatten()
}
