//! Abstract values while a module is loaded: just enough to decide whether a call on a value is visible elsewhere.

use std::sync::Arc;

use model::{ClassRef, Head, ModuleId, RootId};
use python::Name;
use rustc_hash::FxHashMap;

use crate::{FunctionRef, Kind, Value};

/// Names with their values.
pub(super) type Locals = FxHashMap<Name, Thing>;

/// An abstract value, with its ownership.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    pub(super) kind: ThingKind,
    /// Whether it may belong to another module, so that modifying it is visible elsewhere.
    pub(super) is_shared: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum ThingKind {
    /// Anything.
    Unknown,
    /// A number, a string, `None`: immutable values.
    Plain,
    /// A list, a dictionary, a set.
    Container,
    Class(ClassRef),
    Instance(ClassRef),
    /// A project function; a nested one with the names of its enclosing functions.
    Function(FunctionRef, Option<Arc<Locals>>),
    /// A method with its receiver.
    Method(Box<Thing>, FunctionRef),
    Module(ModuleId),
    Namespace(RootId, Name),
    /// Something from a library, by its full name.
    Foreign(Name),
    /// The result of calling something from a library.
    Made(Name),
    /// An attribute of another value.
    Member(Box<Thing>, Name),
    /// `functools.partial(callable)`
    Partial(Box<Thing>),
    /// `super()`
    Super,
}

impl Thing {
    /// Any value, of any owner.
    pub(super) const UNKNOWN: Self = Self { kind: ThingKind::Unknown, is_shared: true };
    pub(super) const PLAIN: Self = Self { kind: ThingKind::Plain, is_shared: false };
    /// A newly created container.
    pub(super) const FRESH: Self = Self { kind: ThingKind::Container, is_shared: false };

    pub(super) fn own(kind: ThingKind) -> Self {
        Self { kind, is_shared: false }
    }

    pub(super) fn shared(kind: ThingKind) -> Self {
        Self { kind, is_shared: true }
    }

    /// The common knowledge of both values.
    pub(super) fn join(self, other: &Self) -> Self {
        if self == *other {
            return self;
        }
        let kind = if self.kind == other.kind { self.kind } else { ThingKind::Unknown };
        Self { kind, is_shared: self.is_shared || other.is_shared }
    }

    /// Whether calling it can run project code.
    pub(super) fn is_callable_of_project(&self) -> bool {
        matches!(
            self.kind,
            ThingKind::Function(..) | ThingKind::Method(..) | ThingKind::Partial(_) | ThingKind::Class(_)
        )
    }

    /// Converts a value of the flow analysis.
    pub(super) fn of_value(value: &Value, is_shared: bool) -> Self {
        let kind = match &value.kind {
            Kind::None | Kind::Plain | Kind::Written(_) | Kind::Column(_) | Kind::Flag(_) | Kind::Text(_) => {
                ThingKind::Plain
            }
            Kind::Many(_) | Kind::Tuple(_) | Kind::Mapping(_) | Kind::Record(_) => ThingKind::Container,
            Kind::Instance(class, _) => ThingKind::Instance(class.clone()),
            Kind::Class(class) => ThingKind::Class(class.clone()),
            Kind::Function(function) => ThingKind::Function(*function, None),
            Kind::Module(module) => ThingKind::Module(*module),
            Kind::Foreign(name) => ThingKind::Foreign(name.clone()),
            Kind::ForeignInstance(name) => ThingKind::Made(name.clone()),
            _ => ThingKind::Unknown,
        };
        Self { kind, is_shared }
    }

    /// The value of a module-level name, except for variables.
    pub(super) fn of_head(head: Head, running: ModuleId) -> Self {
        let is_shared = |module: ModuleId| module != running;
        match head {
            Head::Class(class) => Self { is_shared: is_shared(class.module), kind: ThingKind::Class(class) },
            Head::Function(module, function) => Self {
                kind: ThingKind::Function(FunctionRef { module, function }, None),
                is_shared: is_shared(module),
            },
            Head::Module(module) => Self::shared(ThingKind::Module(module)),
            Head::Namespace(root, name) => Self::shared(ThingKind::Namespace(root, name)),
            Head::Foreign(name) => Self::shared(ThingKind::Foreign(name)),
            Head::Variable(..) | Head::Unknown => Self::UNKNOWN,
        }
    }
}
