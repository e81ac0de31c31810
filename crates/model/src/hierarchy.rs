//! The ancestors of classes across files: `class NotFound(AppError)` is an HTTP exception if `AppError` is one.
//!
//! There are three stages, each compared separately so that a change stops early: the bases of one file as written
//! ([`DeclaredBases`]), what they refer to ([`Base`]), and the closure over the project.

mod declared_bases;
mod reach;
#[cfg(test)]
mod tests;

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ModuleId;
pub use declared_bases::DeclaredBases;
pub(crate) use reach::{bases, meaning};

/// The ancestors of one class, nearest first, excluding the class itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ancestors {
    /// Project classes.
    pub own: Box<[(ModuleId, Name)]>,
    /// Other classes, by full name: `fastapi.HTTPException`, `typing.Protocol`, `builtins.Exception`. Includes
    /// ancestors through calls (`declarative_base()` yields `sqlalchemy.orm.declarative_base`), instances (`db.Model`
    /// yields `flask_sqlalchemy.SQLAlchemy.Model`), metaclasses (`abc.ABCMeta`) and decorators that create a base
    /// (`sqlalchemy.orm.as_declarative`).
    pub foreign: Box<[Name]>,
}

impl Ancestors {
    /// Whether one of the foreign ancestors has this full name.
    pub fn descends_from(&self, full_name: &str) -> bool {
        self.foreign.iter().any(|name| name == full_name)
    }
}

/// What a base refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Base {
    /// A module-level class of the project.
    Own(ModuleId, Name),
    /// Anything outside the project, by full name.
    Foreign(Name),
}

/// All module-level project classes that have an ancestor other than `object`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ClassHierarchy {
    /// By module and class name.
    pub by_class: FxHashMap<(ModuleId, Name), Ancestors>,
}

impl ClassHierarchy {
    /// The ancestors of a class; `None` if it has none or isn't known.
    pub fn of(&self, module: ModuleId, class: &str) -> Option<&Ancestors> {
        self.by_class.get(&(module, class.into()))
    }

    /// The closure over the direct bases of each class. Classes that are their own ancestors don't prevent termination.
    pub(crate) fn close(direct: &FxHashMap<(ModuleId, Name), Vec<Base>>) -> Self {
        let mut by_class = FxHashMap::default();
        for (class, bases) in direct.iter().filter(|(_, bases)| !bases.is_empty()) {
            by_class.insert(class.clone(), ancestors(class, bases, direct));
        }
        Self { by_class }
    }
}

fn ancestors(
    class: &(ModuleId, Name),
    bases: &[Base],
    direct: &FxHashMap<(ModuleId, Name), Vec<Base>>,
) -> Ancestors {
    let mut seen: FxHashSet<&Base> = FxHashSet::default();
    let mut level: Vec<&Base> = bases.iter().collect();
    let (mut own, mut foreign) = (Vec::new(), Vec::new());
    while !level.is_empty() {
        let mut next = Vec::new();
        for base in level {
            if !seen.insert(base) {
                continue;
            }
            match base {
                Base::Own(module, name) => {
                    let key = (*module, name.clone());
                    if key != *class {
                        next.extend(direct.get(&key).into_iter().flatten());
                        own.push(key);
                    }
                }
                Base::Foreign(name) => foreign.push(name.clone()),
            }
        }
        level = next;
    }
    Ancestors { own: own.into(), foreign: foreign.into() }
}
