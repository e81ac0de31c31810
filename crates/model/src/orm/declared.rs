//! What one file declares of entities: class bodies, tables and imperative mappings as written, with the names of
//! classes already resolved. Project-wide linking ([`super::link`]) reads this and nothing else of a file.

use python::{FunctionId, Name};

use super::{Column, Loading, Orm};
use crate::ClassRef;

/// What one file declares.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Classes at the head of the module with anything to say, in source order.
    pub(crate) classes: Box<[DeclaredClass]>,
    /// Tables in variables at the head of the module.
    pub(crate) tables: Box<[Table]>,
    /// Classes mapped by a call, wherever it stands.
    pub(crate) imperative: Box<[Imperative]>,
    /// Attributes given to classes from outside: `User.orders = relationship(...)`.
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
    /// Whether anything gives it a table: the above, `table=True`, a computed `__tablename__`.
    pub(crate) has_table: bool,
    /// `__abstract__ = True`, `class Meta: abstract = True`.
    pub(crate) is_abstract: bool,
    /// `class Meta: proxy = True`.
    pub(crate) is_proxy: bool,
    /// `class Meta: app_label = "shop"`.
    pub(crate) app_label: Option<Name>,
    /// Which library its members visibly come from.
    pub(crate) evidence: Option<Orm>,
    /// In source order; of one name the last counts.
    pub(crate) members: Vec<(Name, Declaration)>,
    /// Strings and classes in its body that a `declared_attr` may ask for, strings as [`Target::Named`].
    pub(crate) values: Vec<(Name, Target)>,
    /// The queryset that the `get_queryset` of a manager returns.
    pub(crate) queryset: Option<ClassRef>,
    /// Foreign keys of `ForeignKeyConstraint`.
    pub(crate) constraints: Vec<ForeignKey>,
}

/// One attribute of a class body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declaration {
    /// A column.
    Column(Column, Option<ForeignKey>),
    /// A field of `SQLModel` or a dataclass: an annotation without a value that says more.
    Field,
    /// `relationship()`, `Relationship()`.
    Link(Box<Link>),
    /// A relation of Django.
    Reference(Box<Reference>),
    /// A call of a class of the project: a field, a manager or nothing, as its bases tell.
    Custom(ClassRef, Box<Reference>),
    /// `association_proxy()`
    Proxy { through: Name, attribute: Name },
    /// `@hybrid_property`
    Hybrid(FunctionId),
    /// Django's manager.
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

/// Which class is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// This one.
    Class(ClassRef),
    /// The one called so: `Order`, `shop.Order`, `shop.models.Order`.
    Named(Name),
    /// What an attribute of the class holds: `cls.order_class`.
    OfClass(Name),
    /// The class itself: `"self"`.
    Itself,
    /// Django's user model.
    User,
    /// A class of others, or computed.
    Unknown,
}

/// What a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignKey {
    /// The columns that hold it; empty where it stands in the column.
    pub(crate) columns: Box<[Name]>,
    /// Where it leads.
    pub(crate) to: KeyTarget,
}

/// The table that a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyTarget {
    /// `"orders.id"`, `"shop.orders.id"`: the name of the table.
    Table(Name),
    /// `Order.id`
    Class(ClassRef),
    /// `order_table.c.id`, or a class that can't be told: the variable.
    Variable(Name),
}

/// A string, or the class attribute that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    /// Written out.
    Literal(Name),
    /// `cls.name`
    OfClass(Name),
}

/// A relationship of SQLAlchemy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) target: Target,
    /// Whether the annotation says many.
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

/// A relation of Django.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    pub(crate) target: Target,
    /// Whether `symmetrical=False` says that a relation to itself has two sides.
    pub(crate) is_directed: bool,
    /// `related_name=`; empty where it is there but computed.
    pub(crate) related_name: Option<Name>,
    pub(crate) column: Column,
}

/// Which relation of Django.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceKind {
    ForeignKey,
    OneToOne,
    ManyToMany,
    /// `GenericRelation`: the reverse side of a generic foreign key.
    Generic,
    /// To-many rows of a library's own: tags, history.
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
