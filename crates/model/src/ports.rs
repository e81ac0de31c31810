//! Ports: the interfaces of a project, who implements them, and who asks for what.
//!
//! Everything here is read off definitions, heritage and resolved names, not off bodies, so that typing in a body asks
//! nothing again. A class that can't be resolved is nobody's port, and nothing is said of it.

mod annotation;
mod asks;
mod interfaces;
mod kind;
mod name;
mod registration;
mod shape;
mod signature;
mod structure;
#[cfg(test)]
mod tests;

use python::{ClassId, FunctionId, Name};

use crate::ClassRef;
pub(crate) use annotation::Names;
pub(crate) use asks::of as asks_of;
pub use interfaces::Interfaces;
pub(crate) use interfaces::{Source, SourceFile, find};
pub use registration::Registrations;
pub(crate) use registration::{Linking, link, made_by};
pub use shape::Shapes;

/// How an interface is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortKind {
    /// `typing.Protocol` (PEP 544).
    Protocol,
    /// `abc.ABC` or `abc.ABCMeta` with something left abstract (PEP 3119).
    Abstract,
    /// A plain class all of whose methods are left to others: `...`, `pass` or `raise NotImplementedError`.
    Stubs,
}

/// An interface of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// How it is written.
    pub kind: PortKind,
    /// What it asks for, its own and inherited from other ports; sorted by name.
    pub members: Box<[PortMember]>,
}

/// A member that an interface asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortMember {
    /// Its name.
    pub name: Name,
    /// The class that declares it: the port, or one that it inherits from.
    pub declared_in: ClassRef,
    /// The method; nothing for an attribute.
    pub method: Option<FunctionId>,
    /// Whether implementers have to give it: it is a stub, abstract, or a member of a Protocol.
    pub is_required: bool,
}

/// By what a class is known to implement a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It inherits from it.
    Base,
    /// It is registered as its implementation where the program is put together.
    Registered,
    /// It has all members that the port asks for, with the same parameters.
    Structure,
}

/// A class that implements a port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Adapter {
    /// Which.
    pub class: ClassRef,
    /// By what it is known.
    pub how: How,
}

/// Something that asks to be given an instance of a class of the project.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The class that is asked for.
    pub class: ClassRef,
    /// Where.
    pub place: AskPlace,
    /// By what it is asked for.
    pub via: Via,
    /// Whether it is all that may be given there, `None` aside: `str | Orders` takes something else as well.
    pub is_alone: bool,
}

/// Where something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskPlace {
    /// A parameter.
    Parameter {
        /// Of which function.
        function: FunctionId,
        /// Its index.
        parameter: u16,
    },
    /// A field of a dataclass, an attrs class or a pydantic model: a parameter of the constructor that Python writes.
    Field {
        /// Of which class.
        class: ClassId,
        /// Its index in `Definitions::variables`.
        variable: u32,
    },
}

/// By what something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// The annotation names the class, also in `X | None`, `Annotated[X, ...]` and `"X"`.
    Annotation,
    /// The default or the annotation names what provides it: `Depends(X)`, `Depends(get_x)`, `Provide[Container.x]`.
    Provider,
}
