//! `workspace/willRenameFiles` and `didRenameFiles`: imports follow files and folders. The edits are made before the
//! client renames anything, so they refer to the files in their old places.

use camino::Utf8PathBuf;
use refactor::{Abilities, Changes};
use workspace::Change;

use crate::proto::{
    self, Features, MessageType, RenameFilesParams, ServerCapabilities, Uri, WorkspaceEdit, notification,
    path_of, request,
};
use crate::render::workspace_edit;
use crate::session::Session;
use crate::view::View;
use crate::work::{Notify, Read};

pub(super) struct Rename;

impl Read for Rename {
    type Request = request::WillRenameFiles;

    fn read(view: &View, params: &RenameFilesParams) -> proto::Result<Option<WorkspaceEdit>> {
        // The client moves the files itself: a file that we create in one of its new folders could be in its way.
        let abilities = Abilities { create_files: false };
        let moves = moves(params);
        let changes = ide::move_files(&view.snapshot, &moves, abilities);
        // The protocol has no refusal: the client renames, and the user is shown what that breaks.
        if let Some(refusal) = ide::cannot_move_files(&view.snapshot, &moves) {
            view.outbox.show(MessageType::WARNING, format!("This rename breaks something: {refusal}"));
        }
        for note in &changes.notes {
            view.outbox.show(MessageType::INFO, note.clone());
        }
        let is_empty = changes == Changes::default();
        Ok((!is_empty).then(|| workspace_edit(view, "Update imports", None, &changes)))
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        proto::file_operations(can).will_rename = Some(proto::renames());
    }
}

pub(super) struct Renamed;

impl Notify for Renamed {
    type Notification = notification::DidRenameFiles;

    /// Duplicate reports are harmless: watchers report the same files.
    fn apply(session: &mut Session, params: RenameFilesParams) {
        let paths = moves(&params).into_iter().flat_map(|(old, new)| [old, new]).collect();
        session.apply(vec![Change::Disk(paths)], Vec::new());
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        proto::file_operations(can).did_rename = Some(proto::renames());
    }
}

/// Old and new paths of the files.
fn moves(params: &RenameFilesParams) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let path = |uri: &str| path_of(&uri.parse::<Uri>().ok()?);
    params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?))).collect()
}
