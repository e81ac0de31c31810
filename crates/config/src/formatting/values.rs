//! Values in another tool's table: read if they have the expected type, otherwise treated as unset.

use crate::tree::{Entry, Table, Value};

/// A table of a TOML file or a section of an INI file.
pub(super) struct Values<'t> {
    table: &'t Table,
    /// Whether lists are separated by commas, as in INI files.
    is_ini: bool,
}

impl<'t> Values<'t> {
    pub(super) fn of_toml(table: &'t Table) -> Self {
        Self { table, is_ini: false }
    }

    pub(super) fn of_ini(table: &'t Table) -> Self {
        Self { table, is_ini: true }
    }

    /// Keys and values, as written.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'t Entry> {
        self.table.entries.iter()
    }

    /// The keys with a string, as written, and the strings.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.entries().filter_map(|entry| match &entry.node.value {
            Value::String(text) => Some((entry.key.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// A nested table.
    pub(super) fn table(&self, key: &str) -> Option<Values<'t>> {
        match self.value(key)? {
            Value::Table(table) => Some(Values { table, is_ini: self.is_ini }),
            _ => None,
        }
    }

    pub(super) fn string(&self, key: &str) -> Option<&'t str> {
        match self.value(key)? {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        }
    }

    pub(super) fn boolean(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Value::Boolean(switch) => Some(*switch),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" | "y" | "t" => Some(true),
                "false" | "no" | "off" | "0" | "n" | "f" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A non-negative integer.
    pub(super) fn number(&self, key: &str) -> Option<usize> {
        match self.value(key)? {
            Value::Integer(number) => usize::try_from(*number).ok(),
            Value::String(text) => text.split(['#', ';']).next()?.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn strings(&self, key: &str) -> Option<Vec<String>> {
        self.value(key).map(list)
    }

    fn value(&self, key: &str) -> Option<&'t Value> {
        let is_it = |entry: &&Entry| {
            entry.key.len() == key.len()
                && entry.key.bytes().zip(key.bytes()).all(|(a, b)| a == b || (a == b'-' && b == b'_'))
        };
        self.table.entries.iter().find(is_it).map(|entry| &entry.node.value)
    }
}

/// A list of strings: an array, or comma-separated items.
pub(super) fn list(value: &Value) -> Vec<String> {
    let parts = |text: &str| -> Vec<String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    match value {
        Value::String(text) => parts(text),
        Value::Array(items) => items
            .iter()
            .flat_map(|item| match &item.value {
                Value::String(text) => parts(text),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    }
}
