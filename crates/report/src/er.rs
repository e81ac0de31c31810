//! The entity-relationship diagram: tables with their columns and keys, and the links between them, without importing
//! anything.

mod collect;
mod cut;
mod d2;
mod dot;
mod mermaid;
mod parts;
mod svg;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use collect::er;
pub use cut::{Choice, Unknown};
pub use d2::d2;
pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::svg;

/// Tables and the links between them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Er {
    /// Its title.
    pub title: String,
    /// The tables.
    pub tables: Vec<Table>,
    /// The links, by index in `tables`.
    pub links: Vec<Link>,
    /// Enumerations used by columns.
    pub enumerations: Vec<Enumeration>,
    /// What isn't drawn, in complete sentences.
    pub left_out: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table {
    /// Its name in the database; as written in code if it is third-party.
    pub name: String,
    /// Its schema, if specified.
    pub schema: Option<String>,
    /// The class mapped to it; `None` for a table without a class.
    pub class: Option<String>,
    /// The dotted name of that class.
    pub qualified: Option<String>,
    /// The bounded context of the class.
    pub context: Option<String>,
    /// The file.
    pub file: Option<String>,
    /// The one-based line.
    pub line: Option<u32>,
    /// Other classes that share it (single-table inheritance).
    pub also: Vec<String>,
    /// Whether it belongs to a library, and its columns are unknown.
    pub is_outside: bool,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column.
#[allow(clippy::struct_excessive_bools, reason = "each is a mark of its own in the picture")]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Column {
    /// Its name in the table.
    pub name: String,
    /// Its type as written.
    pub sql_type: Option<String>,
    /// Whether it is (part of) the primary key.
    pub is_primary_key: bool,
    /// Whether it is a foreign key.
    pub is_foreign_key: bool,
    /// Whether it is unique by itself.
    pub is_unique: bool,
    /// Whether it is nullable.
    pub is_nullable: bool,
    /// The enumeration of its values.
    pub enumeration: Option<String>,
}

/// A link between two tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The table with the key; for many-to-many the one that declares it.
    pub from: usize,
    /// The table that it leads to.
    pub to: usize,
    /// Its kind.
    pub kind: LinkKind,
    /// How many rows of `from` there are for one of `to`.
    pub from_end: End,
    /// How many rows of `to` there are for one of `from`.
    pub to_end: End,
    /// The columns of the key; for a many-to-many relation the association table, if named.
    pub by: Vec<String>,
    /// The relationships along it, with their loading strategy if it isn't lazy.
    pub label: String,
    /// Whether it leads from one bounded context into another.
    pub crosses: bool,
}

/// The kind of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A foreign key.
    Key,
    /// Through a table without further columns.
    ManyToMany,
    /// A class whose rows are also rows of its parent's table.
    Inherits,
}

/// How many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Exactly one.
    One,
    /// One or none.
    ZeroOrOne,
    /// Any number.
    Many,
}

/// An enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Enumeration {
    /// Its name.
    pub name: String,
    /// Its members in order.
    pub members: Vec<String>,
}

impl Er {
    /// Text beside a column: its enumeration with members, and whether it is nullable.
    fn comment(&self, column: &Column) -> String {
        let mut words = Vec::new();
        if column.is_nullable {
            words.push("nullable".to_owned());
        }
        if let Some(name) = &column.enumeration {
            let members =
                self.enumerations.iter().find(|it| it.name == *name).map(|it| it.members.as_slice());
            words.extend(members.map(|members| {
                let shown: Vec<&str> = members.iter().take(6).map(String::as_str).collect();
                let more = if members.len() > 6 {
                    format!(" and {} more", members.len() - 6)
                } else {
                    String::new()
                };
                format!("{}{more}", shown.join(" "))
            }));
        }
        words.join(", ")
    }
}

impl Table {
    /// The heading of its box.
    fn heading(&self) -> String {
        let name = match &self.schema {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.clone(),
        };
        match &self.class {
            Some(class) if *class != name => format!("{class} ({name})"),
            _ => name,
        }
    }
}

impl Link {
    /// The label of its line.
    fn words(&self) -> String {
        let mut words = self.label.clone();
        if words.is_empty() {
            words = match self.kind {
                LinkKind::Inherits => "is a".to_owned(),
                _ => self.by.join(", "),
            };
        }
        if self.crosses {
            words.push_str(" (crosses contexts)");
        }
        words
    }
}
