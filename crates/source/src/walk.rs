//! Which files belong to a folder: Python sources and the configuration files beside them.

use camino::{Utf8Path, Utf8PathBuf};

use crate::{FileSystem, Stamp};

/// How to walk.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct WalkOptions {
    /// Glob patterns (gitignore syntax, relative to the root) to leave out beside the defaults.
    pub exclude: Vec<String>,
}

/// What a walk found, sorted by path.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Python sources (`.py`, `.pyi` only where no `.py` lies beside it).
    pub sources: Vec<(Utf8PathBuf, Stamp)>,
    /// Files that may configure: `architrave.toml`, `pyproject.toml`, `.importlinter`, `setup.cfg`, `tach.toml`, `setup.py`.
    pub configs: Vec<(Utf8PathBuf, Stamp)>,
    /// What could not be looked into, with the reason in the file system's words.
    pub problems: Vec<(Utf8PathBuf, String)>,
}

/// Walks `root`. Honours `.gitignore`; leaves out virtual environments, caches, `node_modules`, generated `*_pb2*.py`.
pub fn walk(_fs: &dyn FileSystem, _root: &Utf8Path, _options: &WalkOptions) -> Walk {
    Walk::default()
}
