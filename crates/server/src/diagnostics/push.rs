//! Diagnostics pushed to clients that don't pull. A set is sent again only if it differs, or is about a newer text.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::{Due, ResultId, of_file};
use crate::outbox::Outbox;
use crate::proto::{Diagnostic, Uri};
use crate::view::View;

/// The set of one file, to be sent.
#[derive(Debug)]
pub(crate) struct Pushed {
    pub(crate) path: Utf8PathBuf,
    pub(crate) uri: Uri,
    pub(crate) version: Option<i32>,
    /// The number of the open document's text that it is about.
    pub(crate) number: Option<u64>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the client shows.
#[derive(Debug, Default)]
pub(crate) struct Published {
    /// Including the number of the open document's text that the set is about.
    by_path: FxHashMap<Utf8PathBuf, (Uri, ResultId, Option<u64>)>,
}

impl Published {
    /// Sends a set, unless the client already shows it, or one of a newer text: a complete check of a text may take
    /// longer than the early check of the next. An empty set of a closed file need not be sent. Clients that compare
    /// versions drop a set that arrives after the next edit (Helix and Eglot do), so for them an equal set of a newer
    /// text counts as another one.
    pub(crate) fn send(&mut self, set: Pushed, is_open: bool, outbox: &Outbox) {
        let id = ResultId::of(&set.diagnostics);
        let shown = self.by_path.get_mut(&set.path);
        if is_open && shown.as_ref().is_some_and(|(.., number)| set.number < *number) {
            return;
        }
        match shown {
            Some((uri, shown, number))
                if *shown == id && *uri == set.uri && (set.version.is_none() || *number == set.number) =>
            {
                *number = set.number;
            }
            None if set.diagnostics.is_empty() && !is_open => {}
            _ => {
                self.by_path.insert(set.path, (set.uri.clone(), id, set.number));
                outbox.publish(set.uri, set.diagnostics, set.version);
            }
        }
    }

    /// Marks a file as not shown, so that its set is sent again. What was sent about a closed file is not always shown
    /// once that file is opened: Eglot, for one, keeps it only for its project-wide list.
    pub(crate) fn reopen(&mut self, path: &Utf8Path) {
        self.by_path.remove(path);
    }

    /// Clears what is shown for a file.
    pub(crate) fn clear(&mut self, path: &Utf8Path, outbox: &Outbox) {
        let shown = self.by_path.remove(path).filter(|(_, id, _)| *id != ResultId::EMPTY);
        if let Some((uri, ..)) = shown {
            outbox.publish(uri, Vec::new(), None);
        }
    }

    /// Clears what is shown for files other than these.
    pub(crate) fn retain(&mut self, keep: &BTreeSet<&Utf8Path>, outbox: &Outbox) {
        let gone: Vec<Utf8PathBuf> =
            self.by_path.keys().filter(|path| !keep.contains(path.as_path())).cloned().collect();
        for path in gone {
            self.clear(&path, outbox);
        }
    }
}

/// The sets of the files that are due.
pub(crate) fn check(view: &View, due: &Due) -> Vec<Pushed> {
    let paths: Vec<Utf8PathBuf> = match due {
        Due::Documents(paths) => paths.iter().cloned().collect(),
        Due::Open => view.documents.paths().cloned().collect(),
        Due::Everything => super::workspace::paths_with_diagnostics(view),
    };
    paths
        .into_iter()
        // The next edit has its own turn.
        .filter(|path| !matches!(due, Due::Documents(_)) || !view.is_stale(path))
        .filter_map(|path| {
            let diagnostics = of_file(view, &path);
            Some(Pushed {
                uri: view.documents.uri(&path)?,
                number: view.snapshot.typed(&path).map(|typed| typed.number),
                version: view.version(&path).filter(|_| view.features.versions),
                diagnostics,
                path,
            })
        })
        .collect()
}
