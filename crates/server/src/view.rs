//! What a job may read: one snapshot, and the client's documents as they were with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use crossbeam_channel::Sender;
use source::{File, PositionEncoding, Text};
use workspace::Snapshot;

use crate::documents::Documents;
use crate::found::{Found, Note};
use crate::outbox::Outbox;
use crate::proto::{Features, Uri, path_of};
use crate::settings::Settings;

/// What a job may read.
pub(crate) struct View {
    /// The world.
    pub(crate) snapshot: Snapshot,
    /// The client's open documents.
    pub(crate) documents: Documents,
    /// What the client can do.
    pub(crate) features: Arc<Features>,
    /// What the user set.
    pub(crate) settings: Settings,
    /// The documents that somebody is typing in.
    pub(crate) typing: Arc<BTreeSet<Utf8PathBuf>>,
    /// What was last found in open documents.
    pub(crate) found: Found,
    /// Where jobs leave what they find in them.
    pub(crate) notes: Sender<Note>,
    /// For what is said to the user beside an answer.
    pub(crate) outbox: Outbox,
    /// Whether the whole workspace is known. Before that nothing is said that another file could refute.
    pub(crate) is_indexed: bool,
}

/// A place in a file.
pub(crate) struct Located {
    pub(crate) file: File,
    pub(crate) text: Arc<Text>,
}

impl View {
    /// The unit of columns.
    pub(crate) fn encoding(&self) -> PositionEncoding {
        self.features.encoding
    }

    /// The file that a URI names, if it is one of ours.
    pub(crate) fn locate(&self, uri: &Uri) -> Option<Located> {
        let file = self.snapshot.file(&path_of(uri)?)?;
        Some(Located { file, text: self.snapshot.text(file) })
    }

    /// Whether somebody is typing in the document at `path`.
    pub(crate) fn is_typed_in(&self, path: &Utf8Path) -> bool {
        self.typing.contains(path)
    }

    /// Whether somebody has typed on in the document at `path`: what is found here of its text comes too late.
    pub(crate) fn is_stale(&self, path: &Utf8Path) -> bool {
        self.is_typed_in(path) && self.snapshot.typed(path).is_some_and(|typed| !typed.is_newest())
    }

    /// The path of a file.
    pub(crate) fn path(&self, file: File) -> &Utf8PathBuf {
        file.path(self.snapshot.db())
    }

    /// The URI and text of a file.
    pub(crate) fn uri_and_text(&self, file: File) -> Option<(Uri, Arc<Text>)> {
        Some((self.documents.uri(self.path(file))?, self.snapshot.text(file)))
    }

    /// The client's version of a document, if it has it open.
    pub(crate) fn version(&self, path: &Utf8Path) -> Option<i32> {
        self.documents.get(path).map(|document| document.version)
    }
}
