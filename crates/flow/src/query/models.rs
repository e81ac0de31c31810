//! The models of the project, by the names that code uses for their rows.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, Project};
use python::Name;
use rustc_hash::FxHashMap;

use crate::Db;

/// Whether the project has Django models.
#[salsa::tracked(returns(copy))]
pub fn has_django(db: &dyn Db, project: Project) -> bool {
    let schema = model::query::schema(db, project);
    schema.entities.values().any(|entity| entity.orm == model::Orm::Django)
}

/// The Django models by the usual variable name for one row: `order_item` for `OrderItem`. `None` if several models
/// share a name.
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

/// The only Django model that a name refers to: `OrderItem` for `order_item`.
#[salsa::tracked(returns(clone))]
pub fn model_called(db: &dyn Db, project: Project, name: Name) -> Option<ClassRef> {
    models_by_word(db, project).get(&name).cloned().flatten()
}
