//! ORM models: which classes are entities, their columns and relationships, and how those are loaded.
//!
//! Covers SQLAlchemy (declarative 1.4 and 2.0, imperative), SQLModel, Flask-SQLAlchemy and Django with one vocabulary.
//! There are three stages, each compared separately so that a change stops early: the few expressions in bodies that
//! declare something ([`Assembled`]), the declarations of one file ([`Declared`]), and the links across the project
//! ([`Schema`]). Of functions, only the return values of `declared_attr` and the classes that a call maps are read.

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
    /// By class. The members of bases and mixins, and reverse accessors, are part of each entity.
    pub entities: FxHashMap<ClassRef, std::sync::Arc<Entity>>,
    /// A library's model that entities lead to, and that leads back to them: Django's own `User`.
    pub borrowed: Option<(ClassRef, std::sync::Arc<Entity>)>,
    /// The names of all relationships of all entities. An attribute with another name is no relationship, whatever
    /// object it is read from.
    pub relationship_names: FxHashSet<Name>,
    /// The entities by unqualified name, in module order.
    pub by_name: FxHashMap<Name, Vec<ClassRef>>,
}

impl Schema {
    /// The entities called `name`, in module order.
    pub fn named(&self, name: &str) -> &[ClassRef] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The entity that a string such as `"Order"` refers to in the module `from`: its own, or the one in the nearest
    /// module. `None` if several are equally near.
    pub fn nearest(&self, modules: &Modules, name: &str, from: ModuleId) -> Option<ClassRef> {
        link::nearest_class(modules, self.named(name), from)
    }
}
