//! Ports: the interfaces of a project, their implementations, and the injection sites of dependencies.
//!
//! Everything here is derived from definitions, class hierarchies and resolved names rather than bodies, so that typing
//! in a body runs no query again. A class that can't be resolved is not a port, and produces no findings.

mod annotation;
mod differing;
mod indirect;
mod injection_sites;
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
pub(crate) use indirect::of as indirect_sites_of;
pub(crate) use injection_sites::of as injection_sites_of;
pub use interfaces::Interfaces;
pub(crate) use interfaces::{Source, SourceFile, find};
pub use registration::Registrations;
pub(crate) use registration::{Linking, link, made_by};
pub use shape::Shapes;

/// How an interface is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortKind {
    /// `typing.Protocol` (PEP 544).
    Protocol,
    /// `abc.ABC` or `abc.ABCMeta` with abstract members (PEP 3119).
    Abstract,
    /// A plain class without implemented methods: all are `...`, `pass` or `raise NotImplementedError`.
    Stubs,
}

/// An interface of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// How it is defined.
    pub kind: PortKind,
    /// The members that it requires, its own and those inherited from other ports; sorted by name.
    pub members: Box<[PortMember]>,
}

/// A member that an interface requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortMember {
    /// Its name.
    pub name: Name,
    /// The class that declares it: the port, or one of its ancestors.
    pub declared_in: ClassRef,
    /// The method; `None` for an attribute.
    pub method: Option<FunctionId>,
    /// Whether implementations have to define it: it is a stub, abstract, or a member of a Protocol.
    pub is_required: bool,
}

/// Why a class is considered an implementation of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By inheritance.
    Base,
    /// It is registered as an implementation in the composition root.
    Registered,
    /// Structurally: it has all members that the port requires, with the same parameters.
    Structure,
}

/// A class that implements a port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Adapter {
    /// The class.
    pub class: ClassRef,
    /// Why it is considered an implementation.
    pub how: How,
}

/// A dependency: an injection site that requests an instance of a project class.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InjectionSite {
    /// The requested class.
    pub class: ClassRef,
    /// The injection site.
    pub place: InjectionPlace,
    /// How it is requested.
    pub via: Via,
    /// Whether only this class (or `None`) may be injected there: `str | Orders` accepts something else as well.
    pub is_alone: bool,
}

/// An injection site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InjectionPlace {
    /// A parameter.
    Parameter {
        /// The function.
        function: FunctionId,
        /// The index of the parameter.
        parameter: u16,
    },
    /// A field of a dataclass, an attrs class or a pydantic model: a parameter of the generated constructor.
    Field {
        /// The class.
        class: ClassId,
        /// Its index in `Definitions::variables`.
        variable: u32,
    },
}

/// How a dependency is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// The annotation names the class, possibly in `X | None`, `Annotated[X, ...]` or `"X"`.
    Annotation,
    /// The default or the annotation names its provider: `Depends(X)`, `Depends(get_x)`, `Provide[Container.x]`.
    Provider,
}

/// A parameter that requests a project class behind something else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndirectSite {
    /// The class.
    pub class: ClassRef,
    /// The parameter.
    pub place: InjectionPlace,
    /// What is injected instead of an instance.
    pub behind: Behind,
}

/// What is injected instead of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Behind {
    /// A function that returns one: `Callable[..., Orders]`.
    Factory,
    /// The class itself, to make one: `type[Orders]`.
    Class,
    /// A collection of them: `list[Orders]`, `dict[str, Orders]`, `*orders: Orders`.
    Several,
}
