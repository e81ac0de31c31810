//! Completions for Python and for configuration files.

use source::{File, Span, TextEdit};
use workspace::Snapshot;

use crate::Words;
pub use crate::imports::OfferData;

/// The proposals for one place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The best first; clients are instructed to keep this order among those that match the typed text.
    pub items: Vec<Completion>,
    /// Whether there are more than these: then the client requests again as the user continues typing.
    pub is_incomplete: bool,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The text in the list.
    pub label: String,
    /// Its kind, for the icon.
    pub kind: CompletionKind,
    /// Shown beside the label: a type, a count, a reason. Plain text.
    pub detail: Option<String>,
    /// Shown after the label, less prominently: where it comes from. Plain text.
    pub description: Option<String>,
    /// Shown when the proposal is selected. Markdown.
    pub documentation: Option<String>,
    /// The text compared with what is typed, if not the label.
    pub filter: Option<String>,
    /// The edit. Its span contains the cursor position, and is on one line.
    pub edit: TextEdit,
    /// The data for [`elaborate`], if its documentation and its edits elsewhere are computed when it is selected;
    /// `None` if the proposal is complete.
    pub data: Option<OfferData>,
    /// Whether it is possible, but discouraged: drawn struck through. The reason is in `detail`.
    pub is_discouraged: bool,
}

/// The kind of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompletionKind {
    /// A module or package.
    Module,
    /// A class.
    Class,
    /// A Protocol or another port.
    Interface,
    /// A function.
    Function,
    /// A variable or constant of a module.
    Variable,
    /// A key of a configuration file, or a rule's option.
    Key,
    /// A word from a fixed set: a level, a layer, a preset.
    Word,
    /// A rule's id.
    Rule,
    /// A path of a file or folder.
    Path,
}

impl Completion {
    /// A proposal that writes its label over `span`.
    pub fn new(label: impl Into<String>, kind: CompletionKind, span: Span) -> Self {
        let label = label.into();
        let edit = TextEdit { span, insert: label.clone() };
        Self {
            label,
            kind,
            detail: None,
            description: None,
            data: None,
            documentation: None,
            filter: None,
            edit,
            is_discouraged: false,
        }
    }
}

/// The completions at a byte offset of `file`. `by_trigger` is whether the client requested them because of a character
/// that isn't part of a name: a dot, a blank, a quote.
pub fn completions(snapshot: &Snapshot, file: File, offset: u32, by_trigger: bool) -> Completions {
    if config::kind_of(file.path(snapshot.db())).is_some() {
        return crate::configuration::completions(snapshot, file, offset);
    }
    crate::imports::completions(snapshot, file, offset, by_trigger)
}

/// The edits elsewhere and the documentation of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elaborated {
    /// The edits elsewhere in the file that import it; none touches what the proposal replaces.
    pub edits: Vec<TextEdit>,
    /// The documentation.
    pub words: Words,
}

/// The rest of a proposal made on this snapshot or an earlier one. `None` if it no longer fits.
pub fn elaborate(snapshot: &Snapshot, data: &OfferData) -> Option<Elaborated> {
    crate::imports::elaborate(snapshot, data)
}
