//! `workspace/didChangeWatchedFiles`, and events of our own watcher. Duplicates are harmless: editors report a rename
//! by closing and opening, by a separate event, and by the files added and removed.

use camino::Utf8PathBuf;
use workspace::Change;

use crate::proto::{DidChangeWatchedFilesParams, notification, path_of};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidChangeWatchedFiles;

    fn apply(session: &mut Session, params: DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().filter_map(|change| path_of(&change.uri)).collect();
        session.apply(vec![Change::Disk(paths)], Vec::new());
    }
}

/// Our own watcher saw changes to these paths.
pub(crate) fn watched(session: &mut Session, paths: &[Utf8PathBuf]) {
    session.apply(vec![Change::Disk(paths.to_vec())], Vec::new());
    // A new folder may later contain sources.
    session.follow_folders(paths);
}

/// Our own watcher lost events.
pub(crate) fn rescan(session: &mut Session) {
    tracing::debug!("events of files were lost: walking every folder again");
    session.apply(vec![Change::Rescan], Vec::new());
}
