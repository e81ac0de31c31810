//! Tables: the data for diagrams of entities.

use python::Name;

use super::{Column, Orm};
use crate::{ClassRef, ModuleId};

/// All tables of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// One for each non-abstract class, in class order.
    pub list: Vec<Table>,
    /// Tables without a mapped class that join other tables.
    pub associations: Vec<Association>,
}

/// The table of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The class.
    pub class: ClassRef,
    /// The mapping library.
    pub orm: Orm,
    /// The table's name, as written or as derived by the library.
    pub name: Name,
    /// Whether it shares the table of `parent`.
    pub shares_table: bool,
    /// The nearest class with a table that it inherits from.
    pub parent: Option<ClassRef>,
    /// Its own columns, including those of mixins and abstract bases.
    pub columns: Vec<TableColumn>,
    /// Foreign keys with several columns.
    pub composite: Vec<(Vec<Name>, Key)>,
    /// Django many-to-many relations declared here.
    pub many_to_many: Vec<ManyToMany>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name in the table, unless a different one is declared there.
    pub name: Name,
    /// The attribute that declares it.
    pub attribute: Name,
    /// The class whose body declares the attribute.
    pub owner: ClassRef,
    /// The column's properties.
    pub column: Column,
    /// The foreign key.
    pub key: Option<Key>,
}

/// The target of a foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The class that owns the table, if it can be resolved.
    pub class: Option<ClassRef>,
    /// As written.
    pub text: Name,
}

/// A many-to-many relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyToMany {
    /// The attribute.
    pub attribute: Name,
    /// The class whose body declares the attribute.
    pub owner: ClassRef,
    /// The target.
    pub to: Key,
}

/// A table in a variable that joins other tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// The module that defines it.
    pub module: ModuleId,
    /// Its name.
    pub name: Name,
    /// Its columns in order.
    pub columns: Vec<(Name, Column, Option<Key>)>,
}
