//! What can be written at a place, for Python and for configuration files.

use source::{File, Span, TextEdit};
use workspace::Snapshot;

use crate::Words;
pub use crate::imports::OfferData;

/// The proposals for one place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The best first; clients are told to keep this order among those that match what is typed.
    pub items: Vec<Completion>,
    /// Whether there are more than these: then the client asks again as the user types on.
    pub is_incomplete: bool,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown in the list.
    pub label: String,
    /// What it is, for its icon.
    pub kind: CompletionKind,
    /// Shown beside the label: a type, a count, a reason. Plain text.
    pub detail: Option<String>,
    /// Shown behind the label, less prominently: where it comes from. Plain text.
    pub description: Option<String>,
    /// Shown when the proposal is selected. Markdown.
    pub documentation: Option<String>,
    /// What is compared with what is typed, where that isn't the label.
    pub filter: Option<String>,
    /// What is written. Its span holds the place, and lies on one line.
    pub edit: TextEdit,
    /// What finds it again where its edits elsewhere and its documentation are made when it is selected, by
    /// [`elaborate`]; nothing where all is there.
    pub data: Option<OfferData>,
    /// Whether it is possible, but advised against: drawn struck through. The reason is in `detail`.
    pub is_discouraged: bool,
}

/// What a proposal is.
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

/// What can be written at a byte offset of `file`. Nothing where nobody knows. `by_trigger` is whether a character that is
/// no part of a name made the client ask: a dot, a blank, a quote.
pub fn completions(snapshot: &Snapshot, file: File, offset: u32, by_trigger: bool) -> Completions {
    if config::kind_of(file.path(snapshot.db())).is_some() {
        return crate::configuration::completions(snapshot, file, offset);
    }
    crate::imports::completions(snapshot, file, offset, by_trigger)
}

/// What is written elsewhere with a proposal, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elaborated {
    /// The edits elsewhere in the file that import it; none touches what the proposal replaces.
    pub edits: Vec<TextEdit>,
    /// The words.
    pub words: Words,
}

/// The rest of a proposal that was made on this snapshot or an earlier one. Nothing where it no longer fits.
pub fn elaborate(snapshot: &Snapshot, data: &OfferData) -> Option<Elaborated> {
    crate::imports::elaborate(snapshot, data)
}
