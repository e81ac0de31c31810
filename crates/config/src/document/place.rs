//! The element at an offset of a document, or one that could be written there.

use source::Span;

use super::{Document, Entry, Item, ItemValue, Word};

/// The element at an offset, or one that could be written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'d> {
    /// Its role in the document.
    pub role: Role,
    /// The keys that lead there, as written, outermost first: for a key or header those before it, for a value
    /// including its own.
    pub path: Vec<&'d str>,
    /// The typed part, without quotes.
    pub text: &'d str,
    /// The span of the typed part, including quotes; empty if nothing is typed.
    pub span: Span,
    /// The entries of the enclosing table.
    pub siblings: &'d [Entry<'d>],
    /// The values of the enclosing list.
    pub items: &'d [Item<'d>],
}

/// The role of a place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A key in a header.
    Header {
        /// Whether the header has double brackets.
        is_list: bool,
        /// Whether it is the header's last key.
        is_last: bool,
    },
    /// A key of an entry.
    Key {
        /// Whether a `=` already follows.
        has_value: bool,
        /// Whether the table is written inline, in braces.
        is_inline: bool,
        /// Whether it is the last key of the entry, or doesn't belong to an entry yet.
        is_last: bool,
    },
    /// The value of a key.
    Value,
    /// An element of a list.
    Item,
}

impl<'t> Document<'t> {
    /// The element at `offset`, or one that could be written there. `None` in comments, and after finished elements.
    pub fn place(&self, offset: u32) -> Option<Place<'_>> {
        if self.comments.iter().any(|comment| comment.start < offset && offset <= comment.end) {
            return None;
        }
        let section = self.sections.iter().rev().find(|section| section.span.start <= offset)?;
        let mut path = Vec::new();
        if let Some(header) = &section.header {
            if header.span.start < offset && offset <= header.span.end
                || header.path.last().is_some_and(|word| word.span.touches(offset))
            {
                let (index, word) = touched(&header.path, offset)?;
                let is_last = index + 1 == header.path.len();
                return Some(Place {
                    role: Role::Header { is_list: header.is_list, is_last },
                    path: header.path[..index].iter().map(|word| word.text).collect(),
                    text: word.text,
                    span: word.span,
                    siblings: &section.entries,
                    items: &[],
                });
            }
            path.extend(header.path.iter().map(|word| word.text));
        }
        self.in_table(&section.entries, path, offset, false)
    }

    fn in_table<'d>(
        &'d self,
        entries: &'d [Entry<'t>],
        mut path: Vec<&'d str>,
        offset: u32,
        is_inline: bool,
    ) -> Option<Place<'d>> {
        let entry = entries.iter().rev().find(|entry| entry.span.start <= offset && offset <= entry.reach);
        let Some(entry) = entry else {
            let before = self.text.get(..offset as usize)?.trim_end_matches([' ', '\t']);
            let is_free = self.begins_line(offset) || (is_inline && before.ends_with(['{', ',']));
            return is_free.then_some(Place {
                role: Role::Key { has_value: false, is_inline, is_last: true },
                path,
                text: "",
                span: Span::new(offset, offset),
                siblings: entries,
                items: &[],
            });
        };
        if entry.equals.is_none_or(|equals| offset < equals) {
            let (index, word) = touched(&entry.path, offset)?;
            path.extend(entry.path[..index].iter().map(|word| word.text));
            let is_last = index + 1 == entry.path.len();
            return Some(Place {
                role: Role::Key { has_value: entry.equals.is_some(), is_inline, is_last },
                path,
                text: word.text,
                span: word.span,
                siblings: entries,
                items: &[],
            });
        }
        path.extend(entry.path.iter().map(|word| word.text));
        let nothing = |path| Place {
            role: Role::Value,
            path,
            text: "",
            span: Span::new(offset, offset),
            siblings: entries,
            items: &[],
        };
        match &entry.value {
            None => Some(nothing(path)),
            Some(value) if offset < value.span.start => None,
            Some(value) => self.in_value(value, nothing(path), offset),
        }
    }

    /// `place` is the result if nothing is typed.
    fn in_value<'d>(&'d self, item: &'d Item<'t>, place: Place<'d>, offset: u32) -> Option<Place<'d>> {
        let within = |is_closed: bool| item.span.start < offset && (!is_closed || offset < item.span.end);
        match &item.value {
            ItemValue::Text(text, _) | ItemValue::Other(text) => {
                Some(Place { text, span: item.span, ..place })
            }
            ItemValue::List { items, is_closed } if within(*is_closed) => {
                let place = Place { role: Role::Item, items, ..place };
                let last = items.len().saturating_sub(1);
                let touches = |(index, item): &(usize, &Item<'t>)| {
                    item.span.touches(offset)
                        || (*index == last && item.is_open() && item.span.start < offset)
                };
                match items.iter().enumerate().find(touches) {
                    Some((_, item)) => self.in_value(item, place, offset),
                    None => Some(place),
                }
            }
            ItemValue::Table { entries, is_closed } if within(*is_closed) => {
                self.in_table(entries, place.path, offset, true)
            }
            ItemValue::List { .. } | ItemValue::Table { .. } => None,
        }
    }
}

impl Item<'_> {
    fn is_open(&self) -> bool {
        matches!(
            self.value,
            ItemValue::List { is_closed: false, .. } | ItemValue::Table { is_closed: false, .. }
        )
    }
}

fn touched<'d, 't>(path: &'d [Word<'t>], offset: u32) -> Option<(usize, &'d Word<'t>)> {
    path.iter().enumerate().rev().find(|(_, word)| word.span.touches(offset))
}
