//! `workspace/willRenameFiles` and `didRenameFiles`: imports follow files and folders. The edits are made before the client
//! renames anything, so they are those of the files where they lie.

use camino::Utf8PathBuf;
use refactor::{Abilities, Changes};
use workspace::Change;

use crate::answer::{Overtaken, Reply};
use crate::proto::{self, MessageType, RenameFilesParams, Uri, WorkspaceEdit, path_of};
use crate::session::Session;

pub(crate) fn will_rename_files(
    session: &mut Session,
    params: RenameFilesParams,
    reply: Reply<Option<WorkspaceEdit>>,
) {
    let outbox = session.outbox.clone();
    session.answer("workspace/willRenameFiles", reply, Overtaken::ContentModified, move |view| {
        // The client moves the files itself: a file that we made in a folder of its making could be in its way.
        let abilities = Abilities { create_files: false };
        let moves = moves(&params);
        let changes = ide::move_files(&view.snapshot, &moves, abilities);
        // The protocol knows no refusal: the client renames, and whoever asked for it is told what it breaks.
        if let Some(refusal) = ide::cannot_move_files(&view.snapshot, &moves) {
            outbox.show(MessageType::WARNING, format!("This rename breaks something: {refusal}"));
        }
        for note in &changes.notes {
            outbox.show(MessageType::INFO, note.clone());
        }
        let is_empty = changes == Changes::default();
        Ok((!is_empty).then(|| proto::workspace_edit(view, "Update imports", None, &changes)))
    });
}

/// Told twice does no harm: watchers tell of the same files.
pub(crate) fn did_rename_files(session: &mut Session, params: &RenameFilesParams) {
    let paths = moves(params).into_iter().flat_map(|(old, new)| [old, new]).collect();
    session.apply(vec![Change::Disk(paths)], Vec::new());
}

/// Old and new paths, of those that are files.
fn moves(params: &RenameFilesParams) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let path = |uri: &str| path_of(&uri.parse::<Uri>().ok()?);
    params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?))).collect()
}
