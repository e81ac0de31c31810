//! A TOML file as written, finished or half typed: tables, keys and values with their positions.
//!
//! Editor features use this rather than the tree that configurations are read from, because they are needed while
//! typing. Any text can be read: misplaced tokens are skipped, and an unclosed list or table ends where the next
//! statement begins. Invariants: spans are within the text at character boundaries; words are slices of it, without
//! quotes, with escapes unchanged.

mod parse;
mod place;

use source::Span;

pub use place::{Place, Role};

/// A file as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    /// The entries before the first header, then those after each header. Never empty.
    pub sections: Vec<Section<'t>>,
    comments: Vec<Span>,
}

/// A header with its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'t> {
    /// `[rules]`; `None` for the first section.
    pub header: Option<Header<'t>>,
    /// The entries, in file order.
    pub entries: Vec<Entry<'t>>,
    /// From the header to the next one, or to the end.
    pub span: Span,
}

/// `[tool.architrave]` or `[[contracts]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'t> {
    /// The keys, at least one; keys that are still to be typed are empty.
    pub path: Vec<Word<'t>>,
    /// Whether it begins an array-of-tables element, written with double brackets.
    pub is_list: bool,
    /// Including brackets.
    pub span: Span,
}

/// `key = value`, possibly incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The keys, at least one.
    pub path: Vec<Word<'t>>,
    /// The position after the `=`, if it has been typed.
    pub equals: Option<u32>,
    /// The value, if something has been typed.
    pub value: Option<Item<'t>>,
    /// From the first key to the last typed byte.
    pub span: Span,
    /// The end of the range in which the cursor still belongs to it. It extends past the span if the value is still to
    /// be typed.
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
    /// The value itself.
    pub value: ItemValue<'t>,
    /// Including quotes and brackets.
    pub span: Span,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemValue<'t> {
    /// A string: the text between its quotes, with its position.
    Text(&'t str, Span),
    /// A list.
    List {
        /// The values.
        items: Vec<Item<'t>>,
        /// Whether its closing bracket has been typed.
        is_closed: bool,
    },
    /// An inline table.
    Table {
        /// The entries.
        entries: Vec<Entry<'t>>,
        /// Whether its closing brace has been typed.
        is_closed: bool,
    },
    /// Anything else: a number, a boolean, an unquoted word.
    Other(&'t str),
}

impl Document<'_> {
    /// Whether there are only blanks before `offset` on its line.
    pub fn begins_line(&self, offset: u32) -> bool {
        let before = self.text.get(..offset as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }
}

impl<'t> Item<'t> {
    /// The text between the quotes of a string.
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
