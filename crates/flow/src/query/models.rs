//! The models of the project, by the names that code uses for their rows.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::collections::BTreeSet;
use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{Expr, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Db;
use crate::types::classes::{MethodKind, method_kind};

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

/// The names of the properties of entities that may run a query: their bodies read a relationship or call something.
#[salsa::tracked(returns(clone))]
pub(crate) fn querying_properties(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    let schema = model::query::schema(db, project);
    let relationships = model::query::relationship_names(db, project);
    let modules: BTreeSet<ModuleId> = schema.entities.keys().map(|class| class.module).collect();
    let mut found = FxHashSet::default();
    for module in modules {
        let file = model::query::file_of(db, project, module);
        let definitions = python::query::definitions(db, file);
        for (_, function) in definitions.functions() {
            if !matches!(function.scope, Scope::Class(_))
                || method_kind(&definitions, function) != MethodKind::Property
                || found.contains(&function.name)
            {
                continue;
            }
            let Some(body) = python::query::body(db, file, function.body) else { continue };
            let runs = |expr: &Expr| match expr {
                Expr::Attribute { name, .. } => relationships.contains(name),
                Expr::Call { .. } => true,
                _ => false,
            };
            if body.exprs.list.iter().any(runs) {
                found.insert(function.name.clone());
            }
        }
    }
    Arc::new(found)
}
