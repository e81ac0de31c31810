//! What an expression can be, as far as queries, calls and loops are concerned.
//!
//! Few kinds on purpose. A join keeps what both sides agree on; everything else is [`Kind::Unknown`], which is silent.

mod asked;
mod deps;
mod entity;
mod join;
mod loaded;
mod path;
mod query_state;
mod shared;
mod traits;

pub use asked::Asked;
pub use deps::Deps;
pub use entity::{Entity, Fetch, Loads, ModelRef, Origin, RowState};
pub(crate) use loaded::loaded_by;
use model::{ClassRef, ModuleId};
pub use path::{Path, Root, Step};
use python::{FunctionId, Name};
pub use query_state::{LoaderOption, QueryRef, QueryState, Related, Shape};
pub use shared::{Entries, Inner, Part, Parts};
pub use traits::Traits;

use std::sync::Arc;

/// A function or method of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionRef {
    /// The module that defines it.
    pub module: ModuleId,
    /// Its id there.
    pub function: FunctionId,
}

/// Class bodies count down from here, so that they and functions never meet.
const LAST: u32 = u32::MAX;

impl FunctionRef {
    /// The body of a class as a function that runs once: what its names hold are the attributes of its summary.
    pub fn of_class_body(module: ModuleId, class: python::ClassId) -> Self {
        Self { module, function: FunctionId(LAST - class.0) }
    }

    /// The class whose body it is, if it is one.
    pub fn class_body(self) -> Option<python::ClassId> {
        (self.function.0 > LAST / 2).then(|| python::ClassId(LAST - self.function.0))
    }
}

/// A value: what it is, how the function came by it, and what it depends on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it was reached from, if that is a parameter of the function that is analysed: what is done with it is told
    /// to callers.
    pub path: Option<Path>,
    /// Which parameters and which loops' targets it was made from.
    pub deps: Deps,
}

/// What a value is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    #[default]
    Unknown,
    /// `None`: joins with anything to that.
    None,
    /// A plain value without behaviour that matters: a number, a text, a row of columns.
    Plain,
    /// `True` or `False`.
    Flag(bool),
    /// A string literal.
    Text(Name),
    /// One row of an entity.
    Entity(Entity),
    /// Many values in memory: a list, a set, a generator, the rows of a result. Walking it runs no query.
    Many(Inner),
    /// A display of known length: a tuple, or a list that is written out. Walking it is bounded.
    Tuple(Parts),
    /// A mapping by its values.
    Mapping(Inner),
    /// A dictionary that is written out with literal keys.
    Record(Entries),
    /// A query under construction, or one that runs when it is walked.
    Query(Arc<QueryState>),
    /// A loader option or several: `selectinload(Order.items).joinedload(Item.product)`, `Prefetch("items")`.
    Option(Arc<LoaderOption>),
    /// A mapped attribute taken from the class: `Order.items`, `Order.id`.
    Field(ClassRef, Name),
    /// A database session or connection.
    Session {
        /// Whether its methods are awaited.
        is_async: bool,
    },
    /// A Django manager of an entity: `Order.objects`.
    Manager(ClassRef, Name),
    /// An instance of a class of the project that is no entity. The values are those of its type arguments.
    Instance(ClassRef, Parts),
    /// A class of the project, an entity's included.
    Class(ClassRef),
    /// A function of the project.
    Function(FunctionRef),
    /// A method with its receiver.
    Method(Inner, FunctionRef),
    /// `functools.partial(callable, ...)`
    Partial(Inner, Parts),
    /// A lambda of the function analysed. It means nothing to callers.
    Lambda(crate::Site),
    /// A module of the project.
    Module(ModuleId),
    /// Something of a library by its full name: `sqlalchemy.select`, `django.db.models`, `builtins.len`.
    Foreign(Name),
    /// An instance of a library's class by its full name: `httpx.AsyncClient`.
    ForeignInstance(Name),
    /// A method of a library's value that is not called yet: `session.execute`, `queryset.filter`.
    ForeignMethod(Inner, Name),
    /// What `await` makes of it.
    Awaitable(Inner),
}

impl Value {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { kind: Kind::Unknown, path: None, deps: Deps::NONE };

    /// A value of this kind that depends on nothing.
    pub fn of(kind: Kind) -> Self {
        Self { kind, path: None, deps: Deps::NONE }
    }

    /// The same, made also from what `deps` say.
    #[must_use]
    pub fn with_deps(mut self, deps: Deps) -> Self {
        self.deps = self.deps | deps;
        self
    }

    /// The same, reached by `path`.
    #[must_use]
    pub fn at(mut self, path: Option<Path>) -> Self {
        self.path = path;
        self
    }

    /// Many of these.
    #[must_use]
    pub fn many(self) -> Self {
        let deps = self.deps;
        Self { kind: Kind::Many(self.into()), path: None, deps }
    }

    /// Whether nothing is known of what it is.
    pub fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }
}
