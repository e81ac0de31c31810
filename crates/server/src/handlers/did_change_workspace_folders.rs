//! `workspace/didChangeWorkspaceFolders`

use workspace::Change;

use crate::proto::{DidChangeWorkspaceFoldersParams, path_of};
use crate::session::Session;

pub(crate) fn did_change_workspace_folders(session: &mut Session, params: &DidChangeWorkspaceFoldersParams) {
    let removed =
        params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).map(Change::RemoveFolder);
    let added = params.event.added.iter().filter_map(|folder| path_of(&folder.uri));
    session.open_folders(removed.collect(), added.collect());
}
