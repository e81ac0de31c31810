//! `architrave check --fix`: safe fixes, applied until none is left, then written.

use std::io::Write as _;

use anyhow::Context as _;
use source::{DiskFileSystem, FileSystem as _};

use crate::project::Loaded;

/// Applies safe fixes, writes the files and says on stderr what was done and what was left.
///
/// # Errors
/// A file that can't be written.
pub(crate) fn apply(loaded: &mut Loaded) -> anyhow::Result<()> {
    let wanted = loaded.wanted.clone();
    let fixed =
        ide::fix_all(&mut loaded.workspace, |path| wanted.iter().any(|folder| path.starts_with(folder)));
    for file in &fixed.files {
        DiskFileSystem
            .write(&file.path, &file.bytes)
            .with_context(|| format!("{} can't be written", file.path))?;
    }
    let mut out = std::io::stderr().lock();
    writeln!(out, "mended {} findings in {} files", fixed.mended, fixed.files.len())?;
    for (path, reason) in &fixed.left {
        writeln!(out, "left: {}: {reason}", loaded.relative(path))?;
    }
    Ok(())
}
