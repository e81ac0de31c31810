//! The ORM model as queries.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

use super::{Db, QueryLookup, declared_bases, hierarchy, modules};
use crate::resolve::Resolver;
use crate::{
    Assembled, ClassDetails, ClassRef, Declared, Entity, Member, ModuleId, Orm, PathRole, Project, Schema,
    Tables,
};

/// The few expressions in a file's bodies that declare something about entities. Empty for most files.
#[salsa::tracked(returns(clone))]
pub fn assembled(db: &dyn Db, file: File) -> Arc<Assembled> {
    let definitions = python::query::definitions(db, file);
    if !Assembled::wants(&python::query::imports(db, file), &definitions) {
        return Arc::default();
    }
    Arc::new(Assembled::of(&definitions, &python::query::module(db, file).bodies))
}

/// The entity declarations of a file.
#[salsa::tracked(returns(clone))]
pub fn declared(db: &dyn Db, project: Project, file: File) -> Arc<Declared> {
    let modules = modules(db, project);
    let Some(module) = modules.of_file(file) else { return Arc::default() };
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    let declared_bases = |module: ModuleId| declared_bases(db, modules[module].file);
    let meaning = |dotted: &str| crate::hierarchy::meaning(&resolver, &declared_bases, module, dotted);
    Arc::new(crate::orm::declared(&crate::orm::Source {
        imports: &python::query::imports(db, file),
        definitions: &python::query::definitions(db, file),
        assembled: &assembled(db, file),
        names: &crate::orm::Names::new(&meaning),
    }))
}

/// The entities of the project. Tests and migrations are not read.
#[salsa::tracked(returns(clone))]
pub fn schema(db: &dyn Db, project: Project) -> Arc<Schema> {
    let modules = modules(db, project);
    let files: Vec<(ModuleId, Arc<Declared>)> = modules
        .iter()
        .filter(|(_, module)| module.role == PathRole::Code)
        .map(|(id, module)| (id, declared(db, project, module.file)))
        .collect();
    Arc::new(crate::orm::schema(&modules, &hierarchy(db, project), &files))
}

/// Column details in the class bodies of a file that rules don't need. Queried only for diagrams.
#[salsa::tracked(returns(clone))]
pub fn column_details(db: &dyn Db, file: File) -> Arc<[ClassDetails]> {
    crate::orm::details(&python::query::definitions(db, file)).into()
}

/// The tables of the project, for diagrams; not used by rules.
#[salsa::tracked(returns(clone))]
pub fn tables(db: &dyn Db, project: Project) -> Arc<Tables> {
    let modules = modules(db, project);
    let files: Vec<(ModuleId, Arc<Declared>)> = modules
        .iter()
        .filter(|(_, module)| module.role == PathRole::Code)
        .map(|(id, module)| (id, declared(db, project, module.file)))
        .collect();
    Arc::new(crate::orm::tables(&modules, &hierarchy(db, project), &files))
}

/// One entity, so that its dependents aren't affected by changes of others; `None` if the class isn't an entity.
#[salsa::tracked(returns(clone))]
pub fn entity(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Option<Arc<Entity>> {
    let (schema, class) = (schema(db, project), ClassRef::new(module, class));
    let borrowed = schema.borrowed.as_ref().filter(|(borrowed, _)| *borrowed == class);
    schema.entities.get(&class).or(borrowed.map(|(_, entity)| entity)).cloned()
}

/// Django's own user model, if entities of the project lead to it.
#[salsa::tracked(returns(clone))]
pub fn own_user(db: &dyn Db, project: Project) -> Option<ClassRef> {
    schema(db, project).borrowed.as_ref().map(|(class, _)| class.clone())
}

/// The entities with this unqualified name, in module order: what a string such as `"Order"` may refer to.
#[salsa::tracked(returns(clone))]
pub fn named(db: &dyn Db, project: Project, name: Name) -> Arc<[ClassRef]> {
    schema(db, project).named(&name).into()
}

/// The names of all relationships.
#[salsa::tracked(returns(clone))]
pub fn relationship_names(db: &dyn Db, project: Project) -> Arc<FxHashSet<Name>> {
    Arc::new(schema(db, project).relationship_names.clone())
}

/// Django's to-many relationships by name, with the entity that all of them lead to: the target of `x.answers.all()`
/// for any `x`. Names that lead to several entities are excluded.
#[salsa::tracked(returns(clone))]
pub fn managers_by_name(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, ClassRef>> {
    let mut found: FxHashMap<Name, Option<ClassRef>> = FxHashMap::default();
    for entity in schema(db, project).entities.values() {
        for (name, member) in &entity.members {
            match member {
                Member::Relationship(relationship) if relationship.is_many && entity.orm == Orm::Django => {
                    let target = relationship.target.clone();
                    let known = found.entry(name.clone()).or_insert_with(|| target.clone());
                    if *known != target {
                        *known = None;
                    }
                }
                // A name that is a column elsewhere is ambiguous.
                Member::Column(_) => {
                    found.insert(name.clone(), None);
                }
                _ => {}
            }
        }
    }
    Arc::new(found.into_iter().filter_map(|(name, target)| Some((name, target?))).collect())
}
