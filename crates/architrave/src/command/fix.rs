//! `architrave check --fix`: safe fixes, applied until none is left, then written: all of them or none.
//!
//! A file that can't be written (it was saved by its editor after it was read, is read-only, or is somewhere outside of the
//! workspace) costs its own fixes and those that rest on them, and nobody else's: it is left as it is now, and what is safe
//! elsewhere is worked out again with the text that it really has. What is reported afterwards is what is found then.

use std::collections::BTreeMap;
use std::io::Write as _;

use camino::Utf8PathBuf;
use ide::FixAll;
use source::{DiskFileSystem, Patience, Transaction, WriteError};
use workspace::Change;

use crate::finisher;
use crate::project::Loaded;

/// Applies safe fixes, writes the files and says on stderr what was done and what was left.
///
/// # Errors
/// A full disk, or another failure that is not about one file: nothing is written then.
pub(crate) fn apply(loaded: &mut Loaded) -> anyhow::Result<()> {
    let wanted = loaded.wanted.clone();
    // Each attempt but the last adds to it, so they come to an end.
    let mut left: BTreeMap<Utf8PathBuf, String> = BTreeMap::new();
    let fixed = loop {
        let fixed = ide::fix_all(&mut loaded.workspace, |path| {
            !left.contains_key(path) && wanted.iter().any(|folder| path.starts_with(folder))
        });
        let mut transaction = Transaction::new(&loaded.root);
        transaction.watched_by(finisher::start);
        for file in &fixed.files {
            transaction.replace(&file.path, file.before.clone(), file.bytes.clone());
        }
        match transaction.carry_out(&DiskFileSystem, Patience::Long) {
            Ok(()) => break fixed,
            Err(WriteError::Refused(refusals)) => {
                let paths = refusals.iter().map(|refusal| refusal.path.clone()).collect();
                left.extend(refusals.into_iter().map(|refusal| (refusal.path, refusal.reason.to_string())));
                take_back(loaded, &fixed, paths);
            }
            Err(error) => return Err(error.into()),
        }
    };
    let mut out = std::io::stderr().lock();
    writeln!(out, "fixed {} findings in {} files", fixed.findings, fixed.files.len())?;
    left.extend(fixed.left);
    for (path, reason) in &left {
        writeln!(out, "left: {}: {reason}", loaded.relative(path))?;
    }
    Ok(())
}

/// Forgets fixes that were not written, and reads again what is on the disk.
fn take_back(loaded: &mut Loaded, fixed: &FixAll, changed: Vec<Utf8PathBuf>) {
    let mut changes: Vec<Change> = fixed.files.iter().map(|file| Change::Close(file.path.clone())).collect();
    changes.push(Change::Disk(changed));
    loaded.workspace.apply(changes);
}
