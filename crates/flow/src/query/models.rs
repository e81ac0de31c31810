//! The models of the project, by the names that code uses for their rows.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::collections::BTreeSet;
use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{Expr, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

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

/// The names of the properties of entities that may run a query.
#[salsa::tracked(returns(clone))]
pub(crate) fn querying_properties(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    let schema = model::query::schema(db, project);
    let modules: BTreeSet<ModuleId> = schema.entities.keys().map(|class| class.module).collect();
    let files = modules.into_iter().map(|module| model::query::file_of(db, project, module));
    Arc::new(
        files
            .flat_map(|file| querying_properties_of(db, project, file).iter().cloned().collect::<Vec<_>>())
            .collect(),
    )
}

/// Those that the classes of one file define: their bodies read a relationship or call something.
#[salsa::tracked(returns(clone))]
fn querying_properties_of(db: &dyn Db, project: Project, file: File) -> Arc<[Name]> {
    let relationships = model::query::relationship_names(db, project);
    let definitions = python::query::definitions(db, file);
    let runs = |expr: &Expr| match expr {
        Expr::Attribute { name, .. } => relationships.contains(name),
        Expr::Call { .. } => true,
        _ => false,
    };
    let properties = definitions.functions().filter(|(_, function)| {
        matches!(function.scope, Scope::Class(_))
            && method_kind(&definitions, function) == MethodKind::Property
    });
    let querying = properties.filter(|(_, function)| {
        python::query::body(db, file, function.body).is_some_and(|body| body.exprs.list.iter().any(runs))
    });
    querying.map(|(_, function)| function.name.clone()).collect()
}
