//! What an editor shows after the edits of an action are applied.

use camino::Utf8PathBuf;
use refactor::Changes;
use source::{Span, apply_edits};
use view::{Context, FixKind};

use super::ignore::Comment;

const CLASS: &str = "class ";

/// A place in a file after the edits of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Show {
    /// The file; absolute.
    pub path: Utf8PathBuf,
    /// Its text after the edits.
    pub contents: String,
    /// The bytes of it to select.
    pub span: Span,
}

/// The Protocol in its new file, since the user wants to read it.
pub(super) fn created(kind: &FixKind, changes: &Changes) -> Option<Show> {
    if !matches!(kind, FixKind::ExtractProtocol(_)) {
        return None;
    }
    let holds_class = |contents: &str| contents.starts_with(CLASS) || contents.contains("\nclass ");
    let file = changes.created.iter().find(|file| holds_class(&file.contents))?;
    let line = if file.contents.starts_with(CLASS) { 0 } else { file.contents.find("\nclass ")? + 1 };
    let name = line + CLASS.len();
    let length = file.contents[name..].find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    let span = Span::new(name as u32, (name + length) as u32);
    Some(Show { path: file.path.clone(), contents: file.contents.clone(), span })
}

/// The placeholder for the reason in an ignore comment, to be typed over.
pub(super) fn reason(cx: &Context<'_>, comment: &Comment) -> Option<Show> {
    let inside = comment.reason?;
    let contents = apply_edits(cx.text.as_str(), std::slice::from_ref(&comment.edit))?;
    let at = comment.edit.span.start;
    let span = Span::new(at + inside.start, at + inside.end);
    Some(Show { path: cx.file.path(cx.db).clone(), contents, span })
}
