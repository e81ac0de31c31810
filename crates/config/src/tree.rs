//! The contents of a configuration file, with the position of every key and value: the same tree for TOML and INI.
//!
//! Everything is read from this tree manually rather than deserialized, so that each problem can point to its key or
//! value and the rest of the file still counts. Entries keep the order of the file.

pub(crate) mod ini;
pub(crate) mod toml;

use source::Span;

/// A table, in the order of the file.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) entries: Vec<Entry>,
    /// Its header, or the whole table if it is inline.
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key, without quotes.
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// Including quotes and brackets.
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    String(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    Datetime(::toml::value::Datetime),
    Array(Vec<Node>),
    Table(Table),
}

impl Table {
    /// The entry of this key, spelled exactly like this.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The table of this key.
    pub(crate) fn table(&self, key: &str) -> Option<&Table> {
        match &self.get(key)?.node.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Value {
    /// The kind of value, to follow "found".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::String(_) => "a string",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "a boolean",
            Value::Datetime(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The value without its spans.
    pub(crate) fn plain(&self) -> ::toml::Value {
        match self {
            Value::String(text) => ::toml::Value::String(text.clone()),
            Value::Integer(number) => ::toml::Value::Integer(*number),
            Value::Float(number) => ::toml::Value::Float(*number),
            Value::Boolean(switch) => ::toml::Value::Boolean(*switch),
            Value::Datetime(date) => ::toml::Value::Datetime(*date),
            Value::Array(items) => {
                ::toml::Value::Array(items.iter().map(|item| item.value.plain()).collect())
            }
            Value::Table(table) => ::toml::Value::Table(
                table.entries.iter().map(|entry| (entry.key.clone(), entry.node.value.plain())).collect(),
            ),
        }
    }
}
