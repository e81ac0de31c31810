//! ORM models: which classes are entities, their columns and relationships, and how those are loaded.
//!
//! SQLAlchemy (declarative 1.4 and 2.0, imperative), SQLModel, Flask-SQLAlchemy and Django, in one vocabulary. Three
//! stages, each compared by itself so that a change stops early: the few expressions of bodies that declare something
//! ([`Assembled`]), what one file declares ([`Declared`]), and the links over the project ([`Schema`]). Of functions
//! nothing is read but what `declared_attr` returns and which classes a call maps.

mod declared;
mod details;
mod entity;
mod link;
mod read;
mod tables;
#[cfg(test)]
mod tests;

pub use declared::Declared;
pub(crate) use details::details;
pub use details::{ClassDetails, ColumnDetails};
pub use entity::{Column, Entity, Getter, Loading, Member, Orm, Relationship};
pub(crate) use link::{schema, tables};
pub use read::Assembled;
pub(crate) use read::{Names, Source, declared};
pub use tables::{Association, Key, ManyToMany, Table, TableColumn, Tables};

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{ClassRef, ModuleId, Modules};

/// All entities of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Schema {
    /// By class; members of bases and mixins, and reverse accessors, are part of each.
    pub entities: FxHashMap<ClassRef, std::sync::Arc<Entity>>,
    /// The names of all relationships of all entities: an attribute with another name is none, whatever it is taken from.
    pub relationship_names: FxHashSet<Name>,
    /// The entities by their bare names, in the order of their modules.
    pub by_name: FxHashMap<Name, Vec<ClassRef>>,
}

impl Schema {
    /// The entities called `name`, in the order of their modules.
    pub fn named(&self, name: &str) -> &[ClassRef] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The entity that a string such as `"Order"` means in the module `from`: its own, or the one in the nearest module;
    /// nothing where several are equally near.
    pub fn nearest(&self, modules: &Modules, name: &str, from: ModuleId) -> Option<ClassRef> {
        link::nearest_class(modules, self.named(name), from)
    }
}
