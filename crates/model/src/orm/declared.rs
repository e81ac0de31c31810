//! The entity declarations of one file: class bodies, tables and imperative mappings as written, with class names
//! already resolved. Project-wide linking ([`super::link`]) reads nothing else of a file.

use python::{FunctionId, Name};

use super::{Column, Loading, Orm};
use crate::ClassRef;

/// The declarations of one file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Module-level classes with any declarations, in source order.
    pub(crate) classes: Box<[DeclaredClass]>,
    /// Tables in module-level variables.
    pub(crate) tables: Box<[Table]>,
    /// Classes mapped by a call, anywhere in the file.
    pub(crate) imperative: Box<[Imperative]>,
    /// Attributes assigned to classes from outside: `User.orders = relationship(...)`.
    pub(crate) assigned: Box<[Assigned]>,
    /// The value of `AUTH_USER_MODEL`.
    pub(crate) user_model: Option<Name>,
}

/// One class.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct DeclaredClass {
    pub(crate) name: Name,
    /// `__tablename__`, or the name in `__table__ = Table("name", …)`.
    pub(crate) table: Option<Name>,
    /// `__table__ = order_table`: a variable of [`Declared::tables`] of this or another module.
    pub(crate) table_variable: Option<Name>,
    /// Whether it has a table by any means: the above, `table=True`, a computed `__tablename__`.
    pub(crate) has_table: bool,
    /// `__abstract__ = True`, `class Meta: abstract = True`.
    pub(crate) is_abstract: bool,
    /// `class Meta: proxy = True`.
    pub(crate) is_proxy: bool,
    /// `class Meta: app_label = "shop"`.
    pub(crate) app_label: Option<Name>,
    /// The library that its members evidently belong to.
    pub(crate) evidence: Option<Orm>,
    /// In source order; of several members with one name, the last one counts.
    pub(crate) members: Vec<(Name, Declaration)>,
    /// Strings and classes in its body that a `declared_attr` may read; strings as [`Target::Named`].
    pub(crate) values: Vec<(Name, Target)>,
    /// The queryset that the `get_queryset` of a manager returns.
    pub(crate) queryset: Option<ClassRef>,
    /// Foreign keys of `ForeignKeyConstraint`.
    pub(crate) constraints: Vec<ForeignKey>,
    /// What it takes away from what it inherits: `username = None`.
    pub(crate) removed: Vec<Name>,
}

/// One attribute of a class body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declaration {
    /// A column.
    Column(Column, Option<ForeignKey>),
    /// A field of `SQLModel` or a dataclass: an annotation without a more specific value.
    Field,
    /// `relationship()`, `Relationship()`.
    Link(Box<Link>),
    /// A Django relation.
    Reference(Box<Reference>),
    /// A call of a project class: a field, a manager or neither, depending on its bases.
    Custom(ClassRef, Box<Reference>),
    /// `association_proxy()`
    Proxy { through: Name, attribute: Name },
    /// `@hybrid_property`
    Hybrid(FunctionId),
    /// A Django manager.
    Manager { manager: Option<ClassRef>, queryset: Option<ClassRef> },
    /// `GenericForeignKey`
    Generic,
}

/// `User.orders = relationship(...)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) class: ClassRef,
    pub(crate) name: Name,
    pub(crate) declaration: Declaration,
}

/// The class that a relationship refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A known class.
    Class(ClassRef),
    /// A class by name: `Order`, `shop.Order`, `shop.models.Order`.
    Named(Name),
    /// The value of a class attribute: `cls.order_class`.
    OfClass(Name),
    /// The class itself: `"self"`.
    Itself,
    /// Django's user model.
    User,
    /// A third-party class, by its full name.
    Foreign(Name),
    /// A computed class.
    Unknown,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignKey {
    /// The columns that hold it; empty if it is declared in the column.
    pub(crate) columns: Box<[Name]>,
    /// The table that it references.
    pub(crate) to: KeyTarget,
}

/// The table that a foreign key references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyTarget {
    /// `"orders.id"`, `"shop.orders.id"`: the name of the table.
    Table(Name),
    /// `Order.id`
    Class(ClassRef),
    /// `order_table.c.id`, or a class that can't be resolved: the variable.
    Variable(Name),
}

/// A string, or the class attribute that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    /// A literal.
    Literal(Name),
    /// `cls.name`
    OfClass(Name),
}

/// A relationship of SQLAlchemy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) target: Target,
    /// Whether the annotation is a collection.
    pub(crate) annotated: Option<bool>,
    /// `uselist=`
    pub(crate) uselist: Option<bool>,
    /// Whether there is a `secondary` table.
    pub(crate) has_secondary: bool,
    /// Whether there is a `collection_class`.
    pub(crate) has_collection: bool,
    /// Whether there is a `remote_side`.
    pub(crate) has_remote_side: bool,
    /// Columns named in `primaryjoin=`.
    pub(crate) join: Box<[Name]>,
    /// `foreign_keys=`, as written: `customer_id`, `Order.customer_id`.
    pub(crate) foreign_keys: Box<[Name]>,
    pub(crate) loading: Loading,
    pub(crate) back_populates: Option<Text>,
    pub(crate) backref: Option<Backref>,
}

/// `backref=`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backref {
    pub(crate) name: Text,
    pub(crate) loading: Loading,
    pub(crate) uselist: Option<bool>,
}

/// A Django relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    pub(crate) target: Target,
    /// Whether `symmetrical=False` gives a relation to itself two sides.
    pub(crate) is_directed: bool,
    /// `related_name=`; empty if it is computed.
    pub(crate) related_name: Option<Name>,
    pub(crate) column: Column,
}

/// The kind of a Django relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceKind {
    ForeignKey,
    OneToOne,
    ManyToMany,
    /// `GenericRelation`: the reverse side of a generic foreign key.
    Generic,
    /// To-many rows managed by a third-party library: tags, history.
    Foreign,
}

/// `order_table = Table("orders", metadata, Column("id", …), …)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) variable: Name,
    pub(crate) name: Name,
    pub(crate) columns: Box<[(Name, Column, Option<ForeignKey>)]>,
}

/// `registry.map_imperatively(Order, order_table, properties={…})`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imperative {
    pub(crate) class: Target,
    /// The variable of the table.
    pub(crate) table: Option<Name>,
    pub(crate) properties: Box<[(Name, Declaration)]>,
}
