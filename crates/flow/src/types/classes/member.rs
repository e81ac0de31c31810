//! Class members.

use crate::{FunctionRef, Value};

/// An attribute of a class or of its instances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A function in the class body.
    Method {
        /// The function.
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
    /// On the class, which it receives as its first argument.
    Class,
    /// Without a receiver.
    Static,
    /// By reading the attribute (`property`, `cached_property`, hybrid properties).
    Property,
}
