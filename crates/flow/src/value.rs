//! The abstract value of an expression, as far as queries, calls and loops are concerned.
//!
//! There are deliberately few kinds. A join keeps what both sides agree on; everything else is [`Kind::Unknown`], which
//! produces no findings.

mod deps;
mod entity;
mod join;
mod loaded;
mod path;
mod query_state;
mod read_kind;
mod shared;
mod traits;

pub use deps::Deps;
pub use entity::{Entity, Fetch, Loads, ModelRef, Origin, RowState};
pub(crate) use loaded::loaded_by;
use model::{ClassRef, ModuleId};
pub use path::{Path, Root, Step};
use python::{FunctionId, Name};
pub use query_state::{LoaderOption, QueryRef, QueryState, Related, Shape};
pub use read_kind::ReadKind;
pub use shared::{Entries, Inner, Part, Parts};
pub use traits::Traits;

use std::sync::Arc;

/// A project function or method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionRef {
    /// The module that defines it.
    pub module: ModuleId,
    /// Its id in the module.
    pub function: FunctionId,
}

/// Ids of class bodies count down from here, so that they never collide with those of functions.
const LAST: u32 = u32::MAX;

impl FunctionRef {
    /// The body of a class as a function that runs once. The values of its names are the attributes of its summary.
    pub fn of_class_body(module: ModuleId, class: python::ClassId) -> Self {
        Self { module, function: FunctionId(LAST - class.0) }
    }

    /// The body of a module as a function that runs once. The values of its names are the queries that it builds.
    pub fn of_module_body(module: ModuleId) -> Self {
        Self { module, function: FunctionId(LAST / 2) }
    }

    /// Whether this is the body of a module.
    pub fn is_module_body(self) -> bool {
        self.function.0 == LAST / 2
    }

    /// The class whose body this is, if it is one.
    pub fn class_body(self) -> Option<python::ClassId> {
        (self.function.0 > LAST / 2).then(|| python::ClassId(LAST - self.function.0))
    }
}

/// An abstract value: its kind, how the function obtained it, and its dependencies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Value {
    /// The kind.
    pub kind: Kind,
    /// The path that it was reached by, if it starts from a parameter of the analysed function. Uses of the value are
    /// then passed to callers.
    pub path: Option<Path>,
    /// The parameters and loop targets that it was made from.
    pub deps: Deps,
}

/// The kind of a value.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any value.
    #[default]
    Unknown,
    /// `None`: joining it with anything yields the other side.
    None,
    /// A plain value whose behaviour doesn't matter: a number, a string.
    Plain,
    /// A plain value of which there is one for each of many rows: a row of columns, a column of a row, what a function made
    /// of a row. The rows tell how many there can be.
    Column(crate::Walks),
    /// `True` or `False`.
    Flag(bool),
    /// A string literal.
    Text(Name),
    /// A number that is written out, or a member of an enumeration whose value is no text: callees may compare it.
    Written(crate::Constant),
    /// One row of an entity.
    Entity(Entity),
    /// Several values in memory: a list, a set, a generator, the rows of a result. Iterating over it runs no query.
    Many(Inner),
    /// A display of known length: a tuple or list literal. Iterating over it is bounded.
    Tuple(Parts),
    /// A mapping, represented by its values.
    Mapping(Inner),
    /// A dictionary literal with literal keys.
    Record(Entries),
    /// One of these, which hold rows in different ways: a list of them, or a page.
    Either(Parts),
    /// A query under construction, or one that runs when it is iterated.
    Query(Arc<QueryState>),
    /// One or more loader options: `selectinload(Order.items).joinedload(Item.product)`, `Prefetch("items")`.
    Option(Arc<LoaderOption>),
    /// A mapped attribute accessed on the class: `Order.items`, `Order.id`.
    Field(ClassRef, Name),
    /// A database session or connection.
    Session {
        /// Whether its methods are awaited.
        is_async: bool,
    },
    /// A Django manager of an entity: `Order.objects`.
    Manager(ClassRef, Name),
    /// An instance of a project class that is no entity, with the values of its type arguments.
    Instance(ClassRef, Parts),
    /// An instance of a project class that was made here, with what its fields were given: rows are among it.
    Holder(ClassRef, Entries),
    /// A project class, including entities.
    Class(ClassRef),
    /// A project function.
    Function(FunctionRef),
    /// A bound method.
    Method(Inner, FunctionRef),
    /// `functools.partial(callable, ...)`
    Partial(Inner, Parts),
    /// What a library makes of functions, in a variable of a module: `compose(load, extract)`. Calling it calls them.
    Composed(Parts),
    /// A lambda of the analysed function. It has no meaning for callers.
    Lambda(crate::Site),
    /// A project module.
    Module(ModuleId),
    /// Something from a library, by its full name: `sqlalchemy.select`, `django.db.models`, `builtins.len`.
    Foreign(Name),
    /// An instance of a library class, by the full name of the class: `httpx.AsyncClient`.
    ForeignInstance(Name),
    /// A method of a library value that isn't called yet: `session.execute`, `queryset.filter`.
    ForeignMethod(Inner, Name),
    /// An awaitable that yields this value.
    Awaitable(Inner),
}

impl Value {
    /// An unknown value.
    pub const UNKNOWN: Self = Self { kind: Kind::Unknown, path: None, deps: Deps::NONE };

    /// A value of this kind without dependencies.
    pub fn of(kind: Kind) -> Self {
        Self { kind, path: None, deps: Deps::NONE }
    }

    /// The same value with additional dependencies.
    #[must_use]
    pub fn with_deps(mut self, deps: Deps) -> Self {
        self.deps = self.deps | deps;
        self
    }

    /// The same value, reached by `path`.
    #[must_use]
    pub fn at(mut self, path: Option<Path>) -> Self {
        self.path = path;
        self
    }

    /// A collection of these values.
    #[must_use]
    pub fn many(self) -> Self {
        let deps = self.deps;
        Self { kind: Kind::Many(self.into()), path: None, deps }
    }

    /// The project class that it is an instance of: a row's, an object's.
    pub fn instance_of(&self) -> Option<&ClassRef> {
        match &self.kind {
            Kind::Entity(row) => row.model.class(),
            Kind::Instance(class, _) | Kind::Holder(class, _) => Some(class),
            _ => None,
        }
    }

    /// Whether the kind is unknown.
    pub fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }
}
