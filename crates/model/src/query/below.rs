//! Who descends from a class, as queries.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Db, heritage};
use crate::{ClassRef, Project};

/// The classes of the project by those that they descend from.
#[salsa::tracked(returns(clone))]
fn lines(db: &dyn Db, project: Project) -> Arc<FxHashMap<ClassRef, Arc<[ClassRef]>>> {
    let mut found: FxHashMap<ClassRef, Vec<ClassRef>> = FxHashMap::default();
    for ((module, name), ancestry) in &heritage(db, project).by_class {
        for (above, class) in &ancestry.own {
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

/// The classes of the project that descend from a class, however far; sorted.
#[salsa::tracked(returns(clone))]
pub fn descendants(db: &dyn Db, project: Project, class: ClassRef) -> Arc<[ClassRef]> {
    lines(db, project).get(&class).cloned().unwrap_or_default()
}
