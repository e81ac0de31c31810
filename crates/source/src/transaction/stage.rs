//! Writes new contents to temporary files beside their targets.

use std::collections::BTreeSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::{Step, WriteError};
use crate::FileSystem;
use crate::file_system::aside;

/// Distinguishes contents. Not resistant to deliberate collisions: anyone who could cause one could write the file
/// anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Digest(u64, u64);

impl Digest {
    pub(super) fn of(contents: &[u8]) -> Self {
        let digest = xxh3_128(contents);
        Self((digest >> 64) as u64, digest as u64)
    }
}

/// The name of a temporary file: hidden, and not mistaken for a module by Python, a test runner or a watcher.
pub(super) fn name(run: u64, number: usize) -> String {
    format!(".architrave-{run:x}-{number}.tmp")
}

/// Whether a path ends with the name of a temporary file.
pub(super) fn is_staged(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.starts_with(".architrave-") && path.extension() == Some("tmp")
}

/// Writes the new contents, and waits until they would survive a power failure.
pub(super) fn stage(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    steps: &[Step],
    contents: &[Option<Vec<u8>>],
    asked: &[Utf8PathBuf],
) -> Result<(), WriteError> {
    for ((step, contents), asked) in steps.iter().zip(contents).zip(asked) {
        let (Some((staged, target)), Some(contents)) = (step.staged(), contents) else { continue };
        let target = root.join(target);
        let like = matches!(step, Step::Replace { .. }).then_some(target.as_path());
        fs.create(&root.join(staged), contents, like).map_err(|error| WriteError::of(asked, error))?;
    }
    // All are written before syncing, so that the disk can process them together.
    for (step, asked) in steps.iter().zip(asked) {
        let Some((staged, _)) = step.staged() else { continue };
        fs.sync(&root.join(staged)).map_err(|error| WriteError::of(asked, error))?;
    }
    Ok(())
}

/// The folders whose names change, relative to the root.
pub(super) fn folders(steps: &[Step]) -> BTreeSet<Utf8PathBuf> {
    let paths = steps.iter().flat_map(|step| match step {
        Step::Folder { path } => [Some(path), None],
        Step::Create { path, staged, .. } | Step::Replace { path, staged, .. } => [Some(path), Some(staged)],
        Step::Rename { from, to } => [Some(from), Some(to)],
    });
    paths.flatten().filter_map(|path| path.parent()).map(Utf8Path::to_owned).collect()
}

/// Removes a temporary file, and the remains of an interrupted exchange.
pub(super) fn remove(fs: &dyn FileSystem, staged: &Utf8Path) -> io::Result<()> {
    for path in [aside(staged), staged.to_owned()] {
        match fs.remove(&path) {
            Err(error) if !super::step::is_nothing(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Completes an interrupted exchange on a file system without atomic exchange.
pub(super) fn finish_exchange(fs: &dyn FileSystem, staged: &Utf8Path) -> io::Result<()> {
    let aside = aside(staged);
    if fs.is_link(&aside).is_err() {
        return Ok(());
    }
    if fs.is_link(staged).is_ok() { fs.remove(&aside) } else { fs.rename(&aside, staged) }
}
