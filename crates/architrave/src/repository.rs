//! The folder that services resolve paths against: the repository, not the project.

use camino::{Utf8Path, Utf8PathBuf};
use source::{DiskFileSystem, FileSystem as _};

/// The repository around `root`: the nearest parent folder with a `.git` (a folder, or the file of a worktree); `root`
/// itself if there is none.
pub(crate) fn folder(root: &Utf8Path) -> Utf8PathBuf {
    let mut folders = root.ancestors();
    let found = folders.find(|folder| DiskFileSystem.metadata(&folder.join(".git")).is_ok());
    found.unwrap_or(root).to_owned()
}
