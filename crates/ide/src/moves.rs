//! Moves of files, folders, classes and functions, over all opened projects.

use camino::{Utf8Path, Utf8PathBuf};
use refactor::{Abilities, Changes, MoveChoice, Refusal, SymbolMove};
use workspace::Snapshot;

/// The edits that make every import follow when each file or folder gets the path paired with it (absolute). They refer
/// to the files in their current places: apply them first.
pub fn move_files(
    snapshot: &Snapshot,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
    abilities: Abilities,
) -> Changes {
    let mut all = Changes::default();
    for project in snapshot.projects() {
        let changes = refactor::move_files(snapshot.db(), *project, moves, abilities);
        all.edits.extend(changes.edits);
        all.created.extend(changes.created);
        all.others.extend(changes.others);
        all.notes.extend(changes.notes);
    }
    without_unsaved(snapshot, &mut all);
    all
}

/// Why files and folders can't get the paths paired with them (absolute) without breaking what finds them by path.
/// `None` if they can.
pub fn cannot_move_files(snapshot: &Snapshot, moves: &[(Utf8PathBuf, Utf8PathBuf)]) -> Option<Refusal> {
    let mut projects = snapshot.projects().iter();
    projects.find_map(|project| refactor::cannot_move_files(snapshot.db(), *project, moves))
}

/// Drops edits of files that are open with another text than the one on disk, for which the edits were made.
fn without_unsaved(snapshot: &Snapshot, changes: &mut Changes) {
    let is_as_read = |other: &refactor::OtherEdit| {
        snapshot.file(&other.path).is_none_or(|file| snapshot.text(file).as_str() == &*other.before)
    };
    for other in changes.others.iter().filter(|other| !is_as_read(other)) {
        changes.notes.push(format!("{} is not saved, and was left as it is", other.path));
    }
    changes.others.retain(is_as_read);
}

/// The edits that move the class, function or variable `wanted.name` of the file at `path` to another module.
///
/// # Errors
/// The obstacle, in one sentence.
pub fn move_symbol(
    snapshot: &Snapshot,
    path: &Utf8Path,
    wanted: SymbolMove<'_>,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let cx = snapshot.file(path).and_then(|file| crate::context(snapshot, file));
    let cx = cx.ok_or_else(|| Refusal::new(format!("{path} is no module of an opened project")))?;
    let mut changes = refactor::move_symbol(&cx, wanted, abilities)?;
    without_unsaved(snapshot, &mut changes);
    Ok(changes)
}

/// The modules to which `name`, defined at the top level of the file at `path`, may go; nearest first.
pub fn move_targets(
    snapshot: &Snapshot,
    path: &Utf8Path,
    name: &str,
    abilities: Abilities,
) -> Vec<MoveChoice> {
    let cx = snapshot.file(path).and_then(|file| crate::context(snapshot, file));
    cx.map(|cx| refactor::move_choices(&cx, name, abilities)).unwrap_or_default()
}
