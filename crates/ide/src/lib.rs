//! What does the editor show at this place? Plain data in byte ranges, without a word of the protocol.
//!
//! Every answer is a function of a [`workspace::Snapshot`]. Invariants:
//! - an answer may be cut off by a write: it then unwinds as a query does, and whoever asked runs it under
//!   [`workspace::Snapshot::catch`];
//! - an offset may lie anywhere, a file may be no module of any project: the answer is then nothing, never a panic;
//! - no answer reads another file's positions but through `python::query::spans`, and only when it is shown.

mod actions;
pub mod architecture;
pub mod baseline;
pub mod calls;
mod code_lens;
mod completion;
mod configuration;
mod diagnostics;
mod fix_all;
#[cfg(test)]
mod fixture;
mod hover;
mod imports;
mod inlay_hints;
mod moves;
mod place;
mod ports;
mod queries;
mod rule_pages;
mod symbols;
mod words;

pub use actions::{
    Action, ActionData, ActionKind, Reach, RefusedAction, Remedy, Resolved, Show, actions, attempt,
    refused_actions, resolve,
};
pub use code_lens::{CodeLens, code_lenses};
pub use completion::{
    Completion, CompletionKind, Completions, Elaborated, OfferData, completions, elaborate,
};
pub use configuration::{
    DocumentLink, DocumentSymbol, LinkTarget, OutlineKind, document_links, document_symbols,
};
pub use diagnostics::{
    ACCEPTED, Diagnostic, LISTED, RelatedPlace, diagnostics, early_diagnostics, typed_diagnostics,
};
pub use fix_all::{FixAll, FixedFile, fix_all};
pub use hover::{Hover, hover};
pub use inlay_hints::{InlayHint, inlay_hints};
pub use moves::{cannot_move_files, move_files, move_symbol, move_targets};
pub use place::Place;
pub use queries::{QueryRow, query_rows, query_words};
pub use rule_pages::{RuleRow, rule_list, rule_page};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use words::{Link, Words};

use source::File;
use view::Context;
use workspace::Snapshot;

/// What is known of a file in the project that judges it; nothing where none does.
fn context(snapshot: &Snapshot, file: File) -> Option<Context<'_>> {
    let (project, file) = snapshot.project_of(file.path(snapshot.db()))?;
    view::query::context(snapshot.db(), project, file)
}
