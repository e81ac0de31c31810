//! One entity: the members of its rows, and the cost of reading them.

use std::collections::BTreeMap;

use python::{FunctionId, Name};

use crate::{ClassRef, ModuleId};

/// The library that maps the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orm {
    /// SQLAlchemy, including Flask-SQLAlchemy.
    SqlAlchemy,
    /// SQLModel: SQLAlchemy behind a pydantic interface.
    SqlModel,
    /// Django.
    Django,
}

/// A class whose instances are rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The class.
    pub class: ClassRef,
    /// The mapping library.
    pub orm: Orm,
    /// Whether it has no table of its own (`__abstract__`, `class Meta: abstract = True`, a mixin).
    pub is_abstract: bool,
    /// Columns, relationships and other members, including inherited ones and those added by other entities.
    pub members: BTreeMap<Name, Member>,
}

impl Entity {
    /// The relationship called `name`.
    pub fn relationship(&self, name: &str) -> Option<&Relationship> {
        match self.members.get(name)? {
            Member::Relationship(relationship) => Some(relationship),
            _ => None,
        }
    }
}

/// An attribute of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A column.
    Column(Column),
    /// A relationship, or the reverse side of one.
    Relationship(Relationship),
    /// `association_proxy("items", "product")`: traverses two relationships.
    Proxy {
        /// The relationship traversed first.
        through: Name,
        /// The attribute read from each of its rows.
        attribute: Name,
    },
    /// A hybrid property: evaluated in Python on an instance.
    Hybrid(Getter),
    /// A Django manager: `objects` and any declared beside it, with its class if that is first party, and the class of
    /// the queryset that it is made from.
    Manager {
        /// `class OrderManager(models.Manager)`
        manager: Option<ClassRef>,
        /// `Manager.from_queryset(OrderQuerySet)`, `OrderQuerySet.as_manager()`
        queryset: Option<ClassRef>,
    },
    /// `GenericForeignKey`: a query per row unless it is prefetched. Its target depends on the data.
    Generic,
}

/// The function that a hybrid property calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Getter {
    /// Its module: that of a base or mixin if the property is inherited.
    pub module: ModuleId,
    /// The function there.
    pub function: FunctionId,
}

/// A column.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and most combinations occur")]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Whether it is (part of) the primary key.
    pub is_primary_key: bool,
    /// Whether it is unique on its own.
    pub is_unique: bool,
    /// Whether it is loaded only when it is read (`deferred()`).
    pub is_deferred: bool,
    /// Whether it may hold `NULL`, as far as its declaration alone says so.
    pub is_nullable: bool,
    /// Whether it is an expression that is selected with the row (`column_property(select(...))`), and no column of the
    /// table.
    pub is_computed: bool,
}

/// A relationship from one entity to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The other entity; `None` if it can't be resolved.
    pub target: Option<ClassRef>,
    /// Whether it is to-many.
    pub is_many: bool,
    /// How it is loaded unless a query overrides it.
    pub loading: Loading,
    /// The class whose body declares it (a mixin, a base, or for a reverse accessor the other side).
    pub declared_in: ClassRef,
    /// The declared attribute: for a reverse accessor that of the other side.
    pub declared_as: Name,
    /// Whether it is the reverse side, added by the other entity (`backref`, `related_name`, `x_set`).
    pub is_reverse: bool,
    /// The relationship on the target that leads back, if it is known.
    pub inverse: Option<Name>,
    /// The columns of its own that may lead there, as far as foreign keys determine them; SQLAlchemy only.
    pub keys: Box<[Name]>,
}

impl Relationship {
    /// The module that declares it.
    pub fn module(&self) -> ModuleId {
        self.declared_in.module
    }
}

/// How a relationship is loaded unless a query overrides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Loading {
    /// With a query when it is first read, one per row (`lazy="select"`, `True`; Django's).
    Lazy,
    /// In the statement that fetches the rows (`joined`, `False`).
    Eager,
    /// Together with the rows, by a separate statement (`selectin`, `subquery`).
    Apart,
    /// Immediately, but with a query per row (`lazy="immediate"`): the query for the rows itself causes the N+1.
    Immediate,
    /// Reading it raises (`raise`, `raise_on_sql`).
    Raise,
    /// Reading it yields a query (`dynamic`, `write_only`). Django's to-many managers do more than this, and are
    /// `Lazy`.
    Dynamic,
    /// Never loaded (`noload`).
    Never,
}
