//! What can be written in a configuration file.

use source::{File, Span};
use workspace::Snapshot;

use crate::completion::{Completion, CompletionKind, Completions};

/// What can be written at a byte offset of a configuration file.
pub(crate) fn completions(snapshot: &Snapshot, file: File, offset: u32) -> Completions {
    if config::kind_of(file.path(snapshot.db())) != Some(config::ConfigKind::Architrave) {
        return Completions::default();
    }
    let text = snapshot.text(file);
    let Some(before) = text.as_str().get(..offset as usize) else { return Completions::default() };
    let typed = before.rsplit('\n').next().unwrap_or_default();
    let is_in_table = before.lines().any(|line| line.starts_with('['));
    if is_in_table || !typed.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Completions::default();
    }
    let span = Span::new(offset - typed.len() as u32, offset);
    let keys = [
        "source-roots",
        "exclude",
        "style",
        "contexts",
        "require-reasons",
        "report-unused-ignores",
        "presets",
    ];
    let items = keys.into_iter().map(|key| Completion::new(key, CompletionKind::Key, span)).collect();
    Completions { items, is_incomplete: false }
}
