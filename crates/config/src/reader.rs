//! Reads a table key by key: each value with its expected type, and in the end the remaining keys are reported.
//!
//! The keys that are read are the known keys, so the two can't diverge.

use smol_str::SmolStr;
use source::Span;

use crate::Level;
use crate::problem::{Problems, nearest};
use crate::tree::{Entry, Node, Table, Value};

/// The tool that a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Ours: kebab-case, strict, unknown keys are errors.
    Own,
    /// Another tool's: `snake_case`, `"true"` is a boolean, a single string is a list of one, and unknown keys are
    /// reported as unsupported.
    Foreign,
}

/// A string in the file with its position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'t> {
    pub(crate) text: &'t str,
    /// Including quotes.
    pub(crate) span: Span,
}

/// Reads one table. Must be ended with [`Reader::finish`].
pub(crate) struct Reader<'t> {
    pub(crate) table: &'t Table,
    pub(crate) problems: &'t Problems,
    pub(crate) dialect: Dialect,
    asked: Vec<&'static str>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(table: &'t Table, problems: &'t Problems, dialect: Dialect) -> Self {
        Self { table, problems, dialect, asked: Vec::new() }
    }

    /// The entry of a key, given in kebab-case; `snake_case` is accepted too.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<&'t Entry> {
        self.asked.push(key);
        let mut entries = self.table.entries.iter().filter(|entry| is_key(&entry.key, key));
        let first = entries.next()?;
        if let Some(second) = entries.next() {
            self.problems.error(second.key_span, format!("`{}` is set twice", self.spelled(key)));
        }
        Some(first)
    }

    /// Marks keys as known without reading them.
    pub(crate) fn skip(&mut self, keys: &[&'static str]) {
        self.asked.extend_from_slice(keys);
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<Text<'t>> {
        let node = &self.entry(key)?.node;
        match &node.value {
            Value::String(text) => Some(Text { text, span: node.span }),
            _ => self.expected("a string", node),
        }
    }

    pub(crate) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        self.boolean_at(key).map(|(switch, _)| switch)
    }

    /// The boolean, with the position of its key.
    pub(crate) fn boolean_at(&mut self, key: &'static str) -> Option<(bool, Span)> {
        let entry = self.entry(key)?;
        let foreign = self.dialect == Dialect::Foreign;
        let switch = match &entry.node.value {
            Value::Boolean(switch) => Some(*switch),
            Value::String(text) if foreign && text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if foreign && text.eq_ignore_ascii_case("false") => Some(false),
            _ => self.expected("`true` or `false`", &entry.node),
        };
        Some((switch?, entry.key_span))
    }

    /// A non-negative integer.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<u32> {
        let node = &self.entry(key)?.node;
        let number = match &node.value {
            Value::Integer(number) => u32::try_from(*number).ok(),
            Value::String(text) if self.dialect == Dialect::Foreign => text.trim().parse().ok(),
            _ => None,
        };
        number.or_else(|| self.expected("a whole number, 0 or more", node))
    }

    /// A list of strings; other elements are reported and omitted.
    pub(crate) fn strings(&mut self, key: &'static str) -> Option<Vec<Text<'t>>> {
        let node = &self.entry(key)?.node;
        self.list_of_strings(node)
    }

    pub(crate) fn list_of_strings(&self, node: &'t Node) -> Option<Vec<Text<'t>>> {
        let strings = |nodes: &'t [Node]| {
            nodes
                .iter()
                .filter_map(|item| match &item.value {
                    Value::String(text) => Some(Text { text, span: item.span }),
                    _ => self.expected("a string", item),
                })
                .collect()
        };
        match &node.value {
            Value::Array(items) => Some(strings(items)),
            Value::String(_) if self.dialect == Dialect::Foreign => Some(strings(std::slice::from_ref(node))),
            _ => self.expected("a list of strings", node),
        }
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<&'t Table> {
        let node = &self.entry(key)?.node;
        match &node.value {
            Value::Table(table) => Some(table),
            _ => self.expected("a table", node),
        }
    }

    /// A list of tables; `header` shows the syntax, for the message.
    pub(crate) fn tables(&mut self, key: &'static str, header: &str) -> Vec<&'t Table> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Value::Array(items) = &entry.node.value else {
            self.expected::<()>(&format!("a list of tables, written `{header}`"), &entry.node);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Table(table) => Some(table),
                _ => self.expected("a table", item),
            })
            .collect()
    }

    /// Reports a value of an unexpected type.
    pub(crate) fn expected<T>(&self, what: &str, node: &Node) -> Option<T> {
        self.problems.error(node.span, format!("expected {what}, found {}", node.value.kind()));
        None
    }

    /// Reports the keys that were not read; `of` names the table in the message.
    pub(crate) fn finish(self, of: &str) {
        for entry in &self.table.entries {
            if self.asked.iter().any(|asked| is_key(&entry.key, asked)) {
                continue;
            }
            let written = entry.key.replace('_', "-");
            let near = nearest(&written, self.asked.iter().copied()).map(|near| self.spelled(near));
            let key = &entry.key;
            match (self.dialect, near) {
                (Dialect::Own, Some(near)) => {
                    let message = format!("unknown key `{key}` in {of}, did you mean `{near}`?");
                    self.problems.add(Level::Error, entry.key_span, message, Some(near.into()));
                }
                (Dialect::Own, None) => {
                    let known: Vec<_> = self.asked.iter().map(|asked| format!("`{asked}`")).collect();
                    let message = format!("unknown key `{key}` in {of}; known are {}", known.join(", "));
                    self.problems.error(entry.key_span, message);
                }
                (Dialect::Foreign, _) => {
                    self.problems
                        .warning(entry.key_span, format!("`{key}` in {of} is not understood and left out"));
                }
            }
        }
    }

    /// Spells a key in this dialect.
    fn spelled(&self, key: &str) -> SmolStr {
        match self.dialect {
            Dialect::Own => key.into(),
            Dialect::Foreign => key.replace('-', "_").into(),
        }
    }
}

/// Whether a key as written is this one, in kebab-case or `snake_case`.
fn is_key(written: &str, key: &str) -> bool {
    written.len() == key.len()
        && written.bytes().zip(key.bytes()).all(|(a, b)| a == b || (a == b'_' && b == b'-'))
}
