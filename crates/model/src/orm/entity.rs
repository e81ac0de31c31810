//! One entity: what its rows offer, and what reading it costs.

use std::collections::BTreeMap;

use python::{FunctionId, Name};

use crate::{ClassRef, ModuleId};

/// Which library maps the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orm {
    /// SQLAlchemy, also through Flask-SQLAlchemy.
    SqlAlchemy,
    /// SQLModel: SQLAlchemy under pydantic's clothes.
    SqlModel,
    /// Django.
    Django,
}

/// A class whose instances are rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The class.
    pub class: ClassRef,
    /// Who maps it.
    pub orm: Orm,
    /// Whether it has no table of its own (`__abstract__`, `class Meta: abstract = True`, a mixin).
    pub is_abstract: bool,
    /// Columns, relationships and the rest, with those inherited and those that other entities put here.
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

/// What an attribute of an entity is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A column.
    Column(Column),
    /// A relationship, or the reverse side of one.
    Relationship(Relationship),
    /// `association_proxy("items", "product")`: walks two relationships.
    Proxy {
        /// The relationship walked first.
        through: Name,
        /// The attribute taken from each.
        attribute: Name,
    },
    /// A hybrid property: evaluated in Python on an instance.
    Hybrid(Getter),
    /// Django's manager: `objects` and those declared beside it; the class of the manager where it is first party,
    /// and the class of the queryset that it is made from.
    Manager {
        /// `class OrderManager(models.Manager)`
        manager: Option<ClassRef>,
        /// `Manager.from_queryset(OrderQuerySet)`, `OrderQuerySet.as_manager()`
        queryset: Option<ClassRef>,
    },
    /// `GenericForeignKey`: a query per row unless it is prefetched; its target is known only to the data.
    Generic,
}

/// The function that a hybrid property calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Getter {
    /// Its module: that of a base or mixin where the property is inherited.
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
    /// Whether it is unique by itself.
    pub is_unique: bool,
    /// Whether it is loaded only when it is read (`deferred()`).
    pub is_deferred: bool,
    /// Whether Django may find `NULL` in it.
    pub is_nullable: bool,
}

/// A relationship from one entity to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The other entity; nothing where it can't be told.
    pub target: Option<ClassRef>,
    /// Whether it holds many rows.
    pub is_many: bool,
    /// How it is loaded unless a query says otherwise.
    pub loading: Loading,
    /// The class in whose body it is written (a mixin, a base, or for a reverse accessor the other side).
    pub declared_in: ClassRef,
    /// The attribute that is written there: the other one's for a reverse accessor.
    pub declared_as: Name,
    /// Whether it is the reverse side, put here by the other entity (`backref`, `related_name`, `x_set`).
    pub is_reverse: bool,
    /// The relationship on the target that walks back, where it is known.
    pub inverse: Option<Name>,
    /// The columns of its own that may lead there, as far as foreign keys tell; of SQLAlchemy's alone.
    pub keys: Box<[Name]>,
}

impl Relationship {
    /// The module that it is written in.
    pub fn module(&self) -> ModuleId {
        self.declared_in.module
    }
}

/// How a relationship is loaded unless a query says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Loading {
    /// With a query when it is first read, one per row (`lazy="select"`, `True`; Django's).
    Lazy,
    /// In the statement that fetches the rows (`joined`, `False`).
    Eager,
    /// Together with the rows, by a statement of its own (`selectin`, `subquery`).
    Apart,
    /// At once, but with a query per row (`lazy="immediate"`): the query for the rows is the N+1.
    Immediate,
    /// Reading it raises (`raise`, `raise_on_sql`).
    Raise,
    /// Reading it gives a query (`dynamic`, `write_only`; Django's to-many managers are this and more, and are `Lazy`).
    Dynamic,
    /// Never loaded (`noload`).
    Never,
}
