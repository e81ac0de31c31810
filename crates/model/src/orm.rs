//! ORM models: which classes are entities, their columns and relationships, and how those are loaded.
//!
//! SQLAlchemy (declarative 1.4 and 2.0, imperative), SQLModel, Flask-SQLAlchemy and Django, in one vocabulary. Read from
//! definitions alone: what stands in a class body, never what a function does.

mod entity;

pub use entity::{Column, Entity, Loading, Member, Orm, Relationship};

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ClassRef;

/// All entities of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Schema {
    /// By class; members of bases and mixins, and reverse accessors, are part of each.
    pub entities: FxHashMap<ClassRef, std::sync::Arc<Entity>>,
    /// The names of all relationships of all entities: an attribute with another name is none, whatever it is taken from.
    pub relationship_names: FxHashSet<Name>,
}
