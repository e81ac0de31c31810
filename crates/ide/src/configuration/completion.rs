//! Completions in a configuration file.

mod headers;
mod values;

use config::document::{Document, Entry, Place, Role};
use source::{File, Span};
use workspace::Snapshot;

use super::Subject;
use super::meaning::{self, Meaning};
use crate::completion::{Completion, CompletionKind, Completions};

/// The completions at a byte offset of a configuration file.
pub(crate) fn completions(snapshot: &Snapshot, file: File, offset: u32) -> Completions {
    let found = Subject::of(snapshot, file).and_then(|subject| {
        let text = std::sync::Arc::clone(&subject.text);
        let document = Document::parse(text.as_str());
        let place = document.place(offset)?;
        Some(match place.role {
            Role::Header { is_list, .. } => headers::in_header(&subject, &document, &place, is_list),
            Role::Key { .. } => keys(&subject, &document, &place)?,
            Role::Value | Role::Item => values::values(&subject, &document, &place, offset)?,
        })
    });
    let mut items = found.unwrap_or_default();
    let is_incomplete = items.len() > super::patterns::MOST;
    items.truncate(super::patterns::MOST);
    Completions { items, is_incomplete }
}

/// The unused keys of the table; at the start of a line, headers as well.
fn keys(subject: &Subject<'_>, document: &Document<'_>, place: &Place<'_>) -> Option<Vec<Completion>> {
    let Role::Key { has_value, is_inline, is_last } = place.role else { return None };
    let path = subject.own_path(&place.path)?;
    let mut items: Vec<Completion> = meaning::keys_of(&path, place.siblings)
        .into_iter()
        .filter(|(name, _)| !is_written(place.siblings, name, place.span))
        .map(|(name, meaning)| key(name, meaning, place.span, has_value || !is_last))
        .collect();
    // A header is valid wherever a statement is.
    if !is_inline && !has_value && is_last && document.begins_line(place.span.start) {
        items.retain(|item| !headers::is_header(&path, &item.label));
        items.extend(headers::at_line(subject, document, place.span));
    }
    Some(items)
}

/// Whether `name` is already a key; the one under the cursor doesn't count.
fn is_written(entries: &[Entry<'_>], name: &str, cursor: Span) -> bool {
    entries.iter().any(|entry| {
        matches!(entry.path.as_slice(), [only] if only.text.replace('_', "-") == name && only.span != cursor)
    })
}

fn key(name: &str, meaning: Meaning, span: Span, is_alone: bool) -> Completion {
    let kind = if matches!(meaning, Meaning::Rule(_)) { CompletionKind::Rule } else { CompletionKind::Key };
    let mut item = Completion::new(name, kind, span);
    if !is_alone {
        item.edit.insert.push_str(" = ");
    }
    item.detail = Some(meaning.takes().replace('`', ""));
    item.documentation = Some(meaning.summary().to_owned());
    item
}
