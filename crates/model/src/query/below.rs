//! The subclasses of a class, as queries.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Db, hierarchy};
use crate::{ClassRef, Project};

/// The project classes by their ancestors.
#[salsa::tracked(returns(clone))]
fn lines(db: &dyn Db, project: Project) -> Arc<FxHashMap<ClassRef, Arc<[ClassRef]>>> {
    let mut found: FxHashMap<ClassRef, Vec<ClassRef>> = FxHashMap::default();
    for ((module, name), ancestors) in &hierarchy(db, project).by_class {
        for (above, class) in &ancestors.own {
            let list = found.entry(ClassRef::new(*above, class.clone())).or_default();
            list.push(ClassRef::new(*module, name.clone()));
        }
    }
    let sorted = |mut list: Vec<ClassRef>| {
        list.sort();
        Arc::from(list)
    };
    Arc::new(found.into_iter().map(|(class, list)| (class, sorted(list))).collect())
}

/// The direct and indirect subclasses of a class in the project, sorted.
#[salsa::tracked(returns(clone))]
pub fn descendants(db: &dyn Db, project: Project, class: ClassRef) -> Arc<[ClassRef]> {
    lines(db, project).get(&class).cloned().unwrap_or_default()
}
