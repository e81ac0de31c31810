//! What classes of the project offer: methods and attributes, also inherited; and who implements an interface.

use std::sync::Arc;

use model::{ClassRef, Project};

use crate::{Db, FunctionRef, Value};

/// What an attribute of a class or of its instances is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A function in the class body.
    Method {
        /// Which.
        function: FunctionRef,
        /// How it is called.
        kind: MethodKind,
    },
    /// A value: from an annotation, the class body, a dataclass field, or what `__init__` stores.
    Attribute(Value),
}

/// How a method is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MethodKind {
    /// On an instance.
    Instance,
    /// On the class, which it receives.
    Class,
    /// Without a receiver.
    Static,
    /// By reading it (`property`, `cached_property`, hybrid properties).
    Property,
}

/// The member `name` of `class`, its own or the nearest inherited one.
pub fn member(_db: &dyn Db, _project: Project, _class: &ClassRef, _name: &str) -> Option<Member> {
    None
}

/// The classes that implement a Protocol or an ABC: those whose method is called where the interface is asked for.
/// Nothing for a concrete class.
pub fn implementations(_db: &dyn Db, _project: Project, _class: &ClassRef) -> Arc<[ClassRef]> {
    Arc::default()
}

/// The bases of a class in the order in which members are looked up, itself left out.
pub fn bases(_db: &dyn Db, _project: Project, _class: &ClassRef) -> Arc<[ClassRef]> {
    Arc::default()
}
