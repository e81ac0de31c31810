//! `--affected`: the files whose findings may differ because of changes in git.

use std::io::Write;

use agents::git;
use workspace::{Affected, Change};

use crate::project::Loaded;

/// The files whose findings may differ because of the changes since `base`. Prints their number to `err`, and why it is
/// all files if so.
///
/// The dependents of a changed file are determined twice, for the current and the previous state, since what a change
/// has disconnected (a class that no longer implements a port, a removed import) is affected too.
///
/// # Errors
/// If the number can't be printed.
pub(super) fn files(
    loaded: &mut Loaded,
    changes: &git::Changes,
    base: &str,
    err: &mut impl Write,
) -> anyhow::Result<Affected> {
    let changed: Vec<_> = changes.files.iter().filter(|path| path.starts_with(&loaded.root)).collect();
    let now = loaded.snapshot().affected(&changes.files);
    let affected = match now {
        Affected::Everything(_) => now,
        Affected::Files(mut files) => {
            let python = changed.iter().filter(|path| matches!(path.extension(), Some("py" | "pyi")));
            let before: Vec<Change> = python
                .filter_map(|path| {
                    let text = changes.before(path)?.into();
                    Some(Change::Open { path: (*path).clone(), version: 0, text })
                })
                .collect();
            let close: Vec<Change> = before
                .iter()
                .filter_map(|change| match change {
                    Change::Open { path, .. } => Some(Change::Close(path.clone())),
                    _ => None,
                })
                .collect();
            loaded.workspace.apply(before);
            if let Affected::Files(then) = loaded.snapshot().affected(&changes.files) {
                files.extend(then);
            }
            loaded.workspace.apply(close);
            Affected::Files(files)
        }
    };
    match &affected {
        Affected::Everything(path) => {
            writeln!(err, "affected: every file, since {} has changed", loaded.relative(path))?;
        }
        Affected::Files(files) => {
            let python = changed.iter().filter(|path| files.contains(**path)).count();
            writeln!(err, "affected: {} files, {python} of them changed since {base}", files.len())?;
        }
    }
    Ok(affected)
}
