//! What does the editor show at this place? Plain data in byte ranges, without any protocol types.
//!
//! Every answer is a function of a [`workspace::Snapshot`]. Invariants:
//! - a write may cancel an answer: it then unwinds like a query, so callers run it under
//!   [`workspace::Snapshot::catch`];
//! - an offset may be anywhere, a file may not belong to any project: the answer is then empty, never a panic;
//! - answers read another file's positions only through `python::query::spans`, and only when they are shown.

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
    Action, ActionData, ActionKind, Failure, Reach, RefusedAction, Remedy, Resolved, Show, actions, attempt,
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
    ACCEPTED, Diagnostic, LISTED, RelatedPlace, diagnostics, early_diagnostics, layer_diagnostics,
    typed_diagnostics,
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

/// The context of a file in the project that checks it; `None` if none does.
fn context(snapshot: &Snapshot, file: File) -> Option<Context<'_>> {
    let (project, file) = snapshot.project_of(file.path(snapshot.db()))?;
    view::query::context(snapshot.db(), project, file)
}
