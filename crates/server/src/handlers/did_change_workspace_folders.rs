//! `workspace/didChangeWorkspaceFolders`

use workspace::Change;

use crate::proto::{
    self, DidChangeWorkspaceFoldersParams, Features, OneOf, ServerCapabilities,
    WorkspaceFoldersServerCapabilities, notification, path_of,
};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidChangeWorkspaceFolders;

    fn apply(session: &mut Session, params: DidChangeWorkspaceFoldersParams) {
        let removed =
            params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).map(Change::RemoveFolder);
        let added = params.event.added.iter().filter_map(|folder| path_of(&folder.uri));
        session.open_folders(removed.collect(), added.collect());
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        proto::workspace(can).workspace_folders = Some(WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        });
    }
}
