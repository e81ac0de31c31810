//! Completions while Python is typed: modules and names of the project in import statements, and project names that the
//! code doesn't import yet. All of it respects the layers: what the module may not import comes last, with the reason.
//!
//! Third-party code, locals and attributes are left to other servers.

mod anywhere;
mod doubt;
mod lexical;
mod modules;
mod names;
mod statement;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use source::{File, Span};
use view::Context;
use workspace::Snapshot;

use self::statement::Typed;
use crate::{Completion, CompletionKind, Completions, Elaborated};

/// Limit on the proposals; the client requests again when more is typed.
const MOST: usize = 100;

/// The minimum number of letters for names in code.
const LETTERS: usize = 3;

/// The proposals at a place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Offers {
    /// Best first.
    pub(crate) list: Vec<Offer>,
    /// Whether another letter may bring others: request again.
    pub(crate) is_partial: bool,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The text that replaces `span`.
    pub(crate) label: String,
    /// Its kind.
    pub(crate) kind: OfferKind,
    /// The bytes that it replaces: the part already typed.
    pub(crate) span: Span,
    /// Its module, dotted.
    pub(crate) module: String,
    /// The objection to it, in a few words: `application must not import infrastructure`.
    pub(crate) doubt: Option<String>,
    /// The data to find it again, for its text and its edits.
    pub(crate) data: OfferData,
}

/// The kind of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum OfferKind {
    /// A module.
    Module,
    /// A package.
    Package,
    /// A class.
    Class,
    /// An interface: a Protocol or an abstract class.
    Port,
    /// A function.
    Function,
    /// An upper-case variable, or a type alias.
    Constant,
    /// Another variable.
    Variable,
}

/// The data to find a proposal again, on this snapshot or a later one. Clients carry it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OfferData {
    /// The file that it was proposed in; absolute.
    pub path: Utf8PathBuf,
    /// The dotted module.
    pub module: String,
    /// The name in it; `None` for the module itself.
    pub name: Option<String>,
    /// Whether an import of it has to be inserted.
    pub adds_import: bool,
}

/// As [`crate::completions`], in Python. Characters that aren't part of a name trigger only in import statements.
pub(crate) fn completions(snapshot: &Snapshot, file: File, offset: u32, by_trigger: bool) -> Completions {
    let Some(offers) = offers(snapshot, file, offset, by_trigger) else { return Completions::default() };
    let items = offers.list.into_iter().map(|offer| {
        let kind = match offer.kind {
            OfferKind::Module | OfferKind::Package => CompletionKind::Module,
            OfferKind::Class => CompletionKind::Class,
            OfferKind::Port => CompletionKind::Interface,
            OfferKind::Function => CompletionKind::Function,
            OfferKind::Constant | OfferKind::Variable => CompletionKind::Variable,
        };
        Completion {
            is_discouraged: offer.doubt.is_some(),
            detail: offer.doubt,
            description: offer.data.name.is_some().then_some(offer.module),
            data: Some(offer.data),
            ..Completion::new(offer.label, kind, offer.span)
        }
    });
    Completions { items: items.collect(), is_incomplete: offers.is_partial }
}

/// The proposals at a byte offset of `file`; `None` where it is left to other servers.
pub(crate) fn offers(snapshot: &Snapshot, file: File, offset: u32, by_trigger: bool) -> Option<Offers> {
    let text = snapshot.text(file);
    let typed = statement::at(text.as_str(), offset)?;
    if by_trigger && matches!(typed, Typed::Code { .. }) {
        return None;
    }
    let cx = crate::context(snapshot, file)?;
    match typed {
        Typed::Module { level, above, prefix } => modules::offers(&cx, level, above, prefix),
        Typed::Name { level, module, taken, prefix } => {
            names::offers(snapshot, &cx, level, module, &taken, prefix)
        }
        Typed::Code { prefix } => Some(anywhere::offers(snapshot, &cx, prefix)),
    }
}

/// As [`crate::elaborate`].
pub(crate) fn elaborate(snapshot: &Snapshot, data: &OfferData) -> Option<Elaborated> {
    let cx = crate::context(snapshot, snapshot.file(&data.path)?)?;
    let edits = match &data.name {
        Some(name) if data.adds_import => refactor::import_name(&cx, &data.module, name)?,
        _ => Vec::new(),
    };
    let words = doubt::words(snapshot, &cx, &data.module, data.name.as_deref());
    Some(Elaborated { edits, words })
}

/// A proposal for something in `module`.
fn offer(cx: &Context<'_>, label: &str, kind: OfferKind, span: Span, module: &str) -> Offer {
    Offer {
        label: label.to_owned(),
        kind,
        span,
        module: module.to_owned(),
        doubt: None,
        data: OfferData {
            path: cx.file.path(cx.db).clone(),
            module: module.to_owned(),
            name: Some(label.to_owned()),
            adds_import: false,
        },
    }
}

#[cfg(test)]
mod tests;
