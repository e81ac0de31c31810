//! `--affected`: the files whose findings changes in git could have caused.

use std::io::Write as _;

use camino::Utf8Path;
use workspace::{Affected, Snapshot};

use crate::git;
use crate::project::Loaded;

/// The files whose findings could be others because of what has changed since `base`. Says on stderr how many there are,
/// and why it is all of them where it is.
///
/// # Errors
/// No git, or a revision that it doesn't know.
pub(super) fn files(loaded: &Loaded, snapshot: &Snapshot, base: &str) -> anyhow::Result<Affected> {
    let folder: &Utf8Path = &loaded.root;
    let changed = git::changed_files(folder, base)?;
    let affected = snapshot.affected(&changed);
    let mut err = std::io::stderr().lock();
    match &affected {
        Affected::Everything(path) => {
            writeln!(err, "affected: every file, since {} has changed", loaded.relative(path))?;
        }
        Affected::Files(files) => {
            let python = changed.iter().filter(|path| files.contains(*path)).count();
            writeln!(err, "affected: {} files, {python} of them changed since {base}", files.len())?;
        }
    }
    Ok(affected)
}
