//! Files, folders, classes and functions that go elsewhere, over all opened projects.

use camino::{Utf8Path, Utf8PathBuf};
use rules::{Abilities, Changes, MoveChoice, Refusal, SymbolMove};
use workspace::Snapshot;

/// The edits that let every import follow when each file or folder gets the path beside it (absolute). They are those of
/// the files where they lie now: apply them first.
pub fn move_files(
    snapshot: &Snapshot,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
    abilities: Abilities,
) -> Changes {
    let mut all = Changes::default();
    for project in snapshot.projects() {
        let changes = rules::move_files(snapshot.db(), *project, moves, abilities);
        all.edits.extend(changes.edits);
        all.created.extend(changes.created);
    }
    all
}

/// The edits that move the class, function or variable `wanted.name` of the file at `path` to another module.
///
/// # Errors
/// What stands in the way, in one sentence.
pub fn move_symbol(
    snapshot: &Snapshot,
    path: &Utf8Path,
    wanted: SymbolMove<'_>,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let cx = snapshot.file(path).and_then(|file| crate::context(snapshot, file));
    let cx = cx.ok_or_else(|| Refusal::new(format!("{path} is no module of an opened project")))?;
    rules::move_symbol(&cx, wanted, abilities)
}

/// The modules to which `name`, defined at the top level of the file at `path`, may go; nearest first.
pub fn move_targets(
    snapshot: &Snapshot,
    path: &Utf8Path,
    name: &str,
    abilities: Abilities,
) -> Vec<MoveChoice> {
    let cx = snapshot.file(path).and_then(|file| crate::context(snapshot, file));
    cx.map(|cx| rules::move_choices(&cx, name, abilities)).unwrap_or_default()
}
