//! `architrave check --fix`: safe fixes, applied until none is left, then written: all of them or none.
//!
//! A file that can't be written (its editor saved it after it was read, it is read-only, or it is outside the
//! workspace) loses its own fixes and those that depend on them, but no others: it stays as it is, and the safe fixes
//! elsewhere are computed again with its actual text. Afterwards, the findings of that state are reported.

use std::collections::BTreeMap;
use std::io::Write as _;

use camino::Utf8PathBuf;
use ide::FixAll;
use source::{DiskFileSystem, Patience, Transaction, WriteError};
use workspace::Change;

use crate::finisher;
use crate::project::Loaded;

/// Applies safe fixes, writes the files and prints to stderr what was done and what was left.
///
/// # Errors
/// If the disk is full, or another failure is not about one file: then nothing is written.
pub(crate) fn apply(loaded: &mut Loaded) -> anyhow::Result<()> {
    let wanted = loaded.wanted.clone();
    // Each attempt but the last adds to it, so this terminates.
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

/// Discards fixes that were not written, and reads the disk again.
fn take_back(loaded: &mut Loaded, fixed: &FixAll, changed: Vec<Utf8PathBuf>) {
    let mut changes: Vec<Change> = fixed.files.iter().map(|file| Change::Close(file.path.clone())).collect();
    changes.push(Change::Disk(changed));
    loaded.workspace.apply(changes);
}
