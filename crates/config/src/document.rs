//! A TOML file as it is written, finished or half typed: tables, keys and values with their places.
//!
//! What an editor shows at a place is asked of this and not of the tree that configurations are read from, since people
//! ask while they type. Anything is read: what belongs nowhere is left out, a list or table that isn't closed ends where
//! the next statement begins. Invariants: spans lie in the text at character boundaries; words are slices of it, quotes
//! taken off, escapes left as they are.

mod parse;
mod place;

use source::Span;

pub use place::{Place, Role};

/// A file as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    /// What stands before the first header, then what follows each. Never empty.
    pub sections: Vec<Section<'t>>,
    comments: Vec<Span>,
}

/// A header with the entries that follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'t> {
    /// `[rules]`; the first section has none.
    pub header: Option<Header<'t>>,
    /// In the order of the file.
    pub entries: Vec<Entry<'t>>,
    /// From the header to the next, or to the end.
    pub span: Span,
}

/// `[tool.architrave]` or `[[contracts]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'t> {
    /// The keys, one at least; those that are still to be typed are empty.
    pub path: Vec<Word<'t>>,
    /// Whether it begins one of a list of tables: written with two brackets.
    pub is_list: bool,
    /// With brackets.
    pub span: Span,
}

/// `key = value`, or what there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The keys, one at least.
    pub path: Vec<Word<'t>>,
    /// Just behind the `=`, once it is typed.
    pub equals: Option<u32>,
    /// The value, once something is typed.
    pub value: Option<Item<'t>>,
    /// From the first key to the last byte of what is typed.
    pub span: Span,
    /// Up to here a cursor is still in it: further than the span where the value is to come.
    reach: u32,
}

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// Without quotes.
    pub text: &'t str,
    /// With quotes.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'t> {
    /// What it is.
    pub value: ItemValue<'t>,
    /// With quotes and brackets.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemValue<'t> {
    /// A string: what lies between its quotes, and where.
    Text(&'t str, Span),
    /// A list. `is_closed` says whether its bracket is there.
    List {
        /// The values.
        items: Vec<Item<'t>>,
        /// Whether its bracket is there.
        is_closed: bool,
    },
    /// An inline table.
    Table {
        /// The entries.
        entries: Vec<Entry<'t>>,
        /// Whether its brace is there.
        is_closed: bool,
    },
    /// Anything else: a number, a switch, a word without quotes.
    Other(&'t str),
}

impl Document<'_> {
    /// Whether nothing but blanks lies before `offset` on its line.
    pub fn begins_line(&self, offset: u32) -> bool {
        let before = self.text.get(..offset as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }
}

impl<'t> Item<'t> {
    /// What lies between the quotes of a string.
    pub fn as_text(&self) -> Option<&'t str> {
        match self.value {
            ItemValue::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// The values of a list.
    pub fn items(&self) -> &[Item<'t>] {
        match &self.value {
            ItemValue::List { items, .. } => items,
            _ => &[],
        }
    }
}

impl<'t> Entry<'t> {
    /// The value of `key` among `entries`, in kebab-case or `snake_case`.
    pub fn find<'e>(entries: &'e [Entry<'t>], key: &str) -> Option<&'e Item<'t>> {
        let found = entries
            .iter()
            .find(|entry| matches!(entry.path.as_slice(), [only] if only.text.replace('_', "-") == key));
        found.and_then(|entry| entry.value.as_ref())
    }
}

#[cfg(test)]
mod tests;
