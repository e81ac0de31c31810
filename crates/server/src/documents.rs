//! The client's open documents, with the URIs that it uses.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::proto::{self, Uri};

/// The open documents by path. Jobs share the state of their start; copied on change.
#[derive(Debug, Default, Clone)]
pub(crate) struct Documents {
    by_path: Arc<FxHashMap<Utf8PathBuf, Document>>,
}

/// One open document.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// As the client writes it: it may escape other characters than we do, and expects its own form.
    pub(crate) uri: Uri,
    /// The version of the last edit.
    pub(crate) version: i32,
}

impl Documents {
    pub(crate) fn open(&mut self, path: Utf8PathBuf, uri: Uri, version: i32) {
        Arc::make_mut(&mut self.by_path).insert(path, Document { uri, version });
    }

    pub(crate) fn set_version(&mut self, path: &Utf8Path, version: i32) {
        if let Some(document) = Arc::make_mut(&mut self.by_path).get_mut(path) {
            document.version = version;
        }
    }

    pub(crate) fn close(&mut self, path: &Utf8Path) -> Option<Document> {
        Arc::make_mut(&mut self.by_path).remove(path)
    }

    pub(crate) fn get(&self, path: &Utf8Path) -> Option<&Document> {
        self.by_path.get(path)
    }

    pub(crate) fn paths(&self) -> impl ExactSizeIterator<Item = &Utf8PathBuf> {
        self.by_path.keys()
    }

    /// The URI of a path: the client's own where it has the document open.
    pub(crate) fn uri(&self, path: &Utf8Path) -> Option<Uri> {
        self.get(path).map(|document| document.uri.clone()).or_else(|| proto::uri_of(path))
    }
}
