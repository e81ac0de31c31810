//! What a job may read: one snapshot, and the client's documents at the same time.

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
    /// The snapshot.
    pub(crate) snapshot: Snapshot,
    /// The client's open documents.
    pub(crate) documents: Documents,
    /// The client's capabilities.
    pub(crate) features: Arc<Features>,
    /// The user's settings.
    pub(crate) settings: Settings,
    /// The documents being typed in.
    pub(crate) typing: Arc<BTreeSet<Utf8PathBuf>>,
    /// The last findings of open documents.
    pub(crate) found: Found,
    /// Where jobs send their findings.
    pub(crate) notes: Sender<Note>,
    /// For messages to the user beside an answer.
    pub(crate) outbox: Outbox,
    /// Whether the whole workspace is known. Before that, only findings that no other file could refute are reported.
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

    /// The file of a URI, if it is one of ours.
    pub(crate) fn locate(&self, uri: &Uri) -> Option<Located> {
        let file = self.snapshot.file(&path_of(uri)?)?;
        Some(Located { file, text: self.snapshot.text(file) })
    }

    /// Whether the document at `path` is being typed in.
    pub(crate) fn is_typed_in(&self, path: &Utf8Path) -> bool {
        self.typing.contains(path)
    }

    /// Whether the document at `path` was edited since: findings about its text here come too late.
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
