//! `workspace/didChangeWatchedFiles`, and what our own watcher saw. Told twice does no harm: editors tell of a rename
//! by closing and opening, by an event of its own, and by the files that came and went.

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

/// Our own watcher saw something happen to these.
pub(crate) fn watched(session: &mut Session, paths: &[Utf8PathBuf]) {
    session.apply(vec![Change::Disk(paths.to_vec())], Vec::new());
    // A folder that is new may hold sources one day.
    session.follow_folders(paths);
}

/// Our own watcher lost events.
pub(crate) fn rescan(session: &mut Session) {
    tracing::debug!("events of files were lost: walking every folder again");
    session.apply(vec![Change::Rescan], Vec::new());
}
