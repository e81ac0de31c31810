//! The methods that only one entity has, computed once per project, and the implementations of an interface that calls
//! are followed into.

use std::sync::Arc;

use model::{ClassRef, ModuleId, PathRole, Project};
use python::Name;
use rustc_hash::FxHashMap;

use super::own::OwnMember;
use crate::query::types as queries;
use crate::{Db, FunctionRef};

/// An interface with more implementations than this is not followed.
const MAX_IMPLEMENTATIONS: usize = 16;

/// The classes that implement an interface, according to the model, or else the subclasses of a base class that leaves
/// a method to them; empty if there are too many to be meaningful.
pub(crate) fn implementations(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[ClassRef]> {
    let adapters = model::query::adapters(db, project, class.clone());
    let below = if adapters.is_empty() {
        model::query::descendants(db, project, class.clone())
    } else {
        adapters.iter().map(|adapter| adapter.class.clone()).collect()
    };
    if below.len() > MAX_IMPLEMENTATIONS { Arc::default() } else { below }
}

/// The methods that exactly one project class has, if that class is an entity.
pub(crate) fn only_methods(db: &dyn Db, project: Project) -> FxHashMap<Name, FunctionRef> {
    let modules = model::query::modules(db, project);
    let code = modules.iter().filter(|(_, module)| module.role == PathRole::Code);
    let files: Vec<(ModuleId, Arc<super::Classes>)> =
        code.map(|(id, module)| (id, queries::classes(db, module.file))).collect();
    let mut found: FxHashMap<Name, Option<FunctionRef>> = FxHashMap::default();
    for (module, classes) in &files {
        for (class, own) in classes.iter() {
            let is_entity = model::query::entity(db, project, *module, class.clone()).is_some();
            for (name, member) in own.iter() {
                if let OwnMember::Method { function, .. } = member {
                    let function = FunctionRef { module: *module, function };
                    let only = is_entity.then_some(function);
                    found.entry(name.clone()).and_modify(|only| *only = None).or_insert(only);
                }
            }
        }
    }
    found.into_iter().filter_map(|(name, only)| Some((name, only?))).collect()
}
