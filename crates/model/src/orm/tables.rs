//! Tables: what a picture of entities is drawn from.

use python::Name;

use super::{Column, Orm};
use crate::{ClassRef, ModuleId};

/// All tables of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// One for each class that isn't abstract, in the order of classes.
    pub list: Vec<Table>,
    /// Tables that no class is mapped to and that join others.
    pub associations: Vec<Association>,
}

/// The table of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The class.
    pub class: ClassRef,
    /// Who maps it.
    pub orm: Orm,
    /// The table's name, as written or as the library makes it.
    pub name: Name,
    /// Whether it is the table of `parent`.
    pub shares_table: bool,
    /// The nearest class with a table that it inherits from.
    pub parent: Option<ClassRef>,
    /// Its own columns, and those of mixins and abstract bases.
    pub columns: Vec<TableColumn>,
    /// Foreign keys of several columns.
    pub composite: Vec<(Vec<Name>, Key)>,
    /// Django's many-to-many relations written here.
    pub many_to_many: Vec<ManyToMany>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name in the table, unless it is written otherwise there.
    pub name: Name,
    /// The attribute that declares it.
    pub attribute: Name,
    /// The class in whose body that stands.
    pub owner: ClassRef,
    /// What is known of it.
    pub column: Column,
    /// Where it leads.
    pub key: Option<Key>,
}

/// Where a foreign key leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The class whose table that is, where it can be told.
    pub class: Option<ClassRef>,
    /// As written.
    pub text: Name,
}

/// A many-to-many relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyToMany {
    /// The attribute.
    pub attribute: Name,
    /// The class in whose body it stands.
    pub owner: ClassRef,
    /// Where it leads.
    pub to: Key,
}

/// A table in a variable that joins others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// Where it stands.
    pub module: ModuleId,
    /// Its name.
    pub name: Name,
    /// Its columns in order.
    pub columns: Vec<(Name, Column, Option<Key>)>,
}
