//! The entity-relationship diagram: tables with their columns and keys, and what leads where, without importing anything.

mod collect;
mod cut;
mod d2;
mod dot;
mod mermaid;
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

/// Tables and what leads from one to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Er {
    /// What it shows.
    pub title: String,
    /// The tables.
    pub tables: Vec<Table>,
    /// What leads from one to another, by place in `tables`.
    pub links: Vec<Link>,
    /// Enumerations that columns take their values from.
    pub enumerations: Vec<Enumeration>,
    /// What isn't drawn, in whole sentences.
    pub left_out: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table {
    /// Its name in the database; as written in code where it is somebody else's.
    pub name: String,
    /// The schema that it lies in, where one is written.
    pub schema: Option<String>,
    /// The class that is mapped to it; nothing for a table alone.
    pub class: Option<String>,
    /// The dotted name of that class.
    pub qualified: Option<String>,
    /// The bounded context of the class.
    pub context: Option<String>,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
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
    /// Whether it may be empty.
    pub is_nullable: bool,
    /// The enumeration that its values come from.
    pub enumeration: Option<String>,
}

/// What leads from one table to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The table with the key; for many-to-many the one that declares it.
    pub from: usize,
    /// The table that it leads to.
    pub to: usize,
    /// What it is.
    pub kind: LinkKind,
    /// How many rows of `from` there are for one of `to`.
    pub from_end: End,
    /// How many rows of `to` there are for one of `from`.
    pub to_end: End,
    /// The columns that hold it; of a many-to-many relation the table between, where it has a name.
    pub by: Vec<String>,
    /// The relationships along it, with how they are loaded where that isn't on first read.
    pub label: String,
    /// Whether it leads from one bounded context into another.
    pub crosses: bool,
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A foreign key.
    Key,
    /// Through a table that holds nothing else.
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
    /// What stands beside a column: its enumeration with members, and whether it may be empty.
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
    /// What stands at the top of its box.
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
    /// What stands on its line.
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
