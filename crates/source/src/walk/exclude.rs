//! What is left out by convention: what tools made, and what others wrote.
//!
//! Names alone decide only where no backend would use them for its own code. `build`, `dist`, `env` and `venv` may be
//! packages, so their contents decide.

use camino::Utf8Path;

use crate::{DirEntry, FileKind, FileSystem};

/// Folders that never hold the project's own sources. Hidden ones (`.git`, `.venv`, `.tox`, all caches) are left out
/// because they are hidden.
const FOREIGN_FOLDERS: [&str; 5] =
    ["__pycache__", "__pypackages__", "dist-packages", "node_modules", "site-packages"];

/// Virtual environments by name, unless they hold code of their own.
const ENVIRONMENTS: [&str; 4] = ["ENV", "env", "venv", "virtualenv"];

/// What build tools write beside the project's file.
const OUTPUTS: [&str; 2] = ["build", "dist"];

/// A folder with one of these is the top of a distribution.
const PROJECT_FILES: [&str; 3] = ["pyproject.toml", "setup.cfg", "setup.py"];

/// Files that may configure, or tell formatters something.
const CONFIGS: [&str; 13] = [
    ".editorconfig",
    ".flake8",
    ".importlinter",
    ".isort.cfg",
    ".ruff.toml",
    "architrave.toml",
    "pyproject.toml",
    "ruff.toml",
    "setup.cfg",
    "setup.py",
    "tach.domain.toml",
    "tach.toml",
    "tox.ini",
];

/// The entries of one folder, for questions about one among the others.
pub(super) struct FolderView<'a> {
    pub(super) path: &'a Utf8Path,
    entries: &'a [DirEntry],
}

impl<'a> FolderView<'a> {
    /// `entries` are sorted by path, as [`FileSystem::read_dir`] gives them.
    pub(super) fn new(path: &'a Utf8Path, entries: &'a [DirEntry]) -> Self {
        Self { path, entries }
    }

    /// Whether something called `name` lies here.
    pub(super) fn holds(&self, name: &str) -> bool {
        let path = self.path.join(name);
        self.entries.binary_search_by(|entry| entry.path.cmp(&path)).is_ok()
    }

    /// A Python source; a stub only where it stands alone.
    pub(super) fn is_source(&self, entry: &DirEntry) -> bool {
        let name = name(entry);
        if entry.kind != FileKind::File || is_hidden(entry) {
            return false;
        }
        match name.rsplit_once('.') {
            Some((stem, "py")) => !is_generated(stem),
            Some((stem, "pyi")) => !is_generated(stem) && !self.holds(&format!("{stem}.py")),
            _ => false,
        }
    }

    /// Whether a folder of this one is left out by convention. Looks into it only where its name is in doubt, and for
    /// the mark of a virtual environment (PEP 405).
    pub(super) fn is_left_out(&self, fs: &dyn FileSystem, entry: &DirEntry) -> bool {
        if entry.kind != FileKind::Folder {
            return false;
        }
        let name = name(entry);
        FOREIGN_FOLDERS.contains(&name)
            || name.ends_with(".egg-info")
            || name.ends_with(".dist-info")
            || is_environment(fs, &entry.path)
            || (ENVIRONMENTS.contains(&name) && !holds_code(fs, &entry.path))
            || (OUTPUTS.contains(&name)
                && PROJECT_FILES.iter().any(|file| self.holds(file))
                && !holds_code(fs, &entry.path))
    }
}

/// Folders that are hidden hold settings, caches and environments; hidden files are none of a package's modules.
pub(super) fn is_hidden(entry: &DirEntry) -> bool {
    name(entry).starts_with('.')
}

/// Hidden folders that hold what runs a project's programs.
const WORKFLOWS: [&str; 5] = [".circleci", ".config", ".devcontainer", ".github", ".gitlab"];

/// Whether a hidden folder holds what runs a project's programs.
pub(super) fn holds_workflows(entry: &DirEntry) -> bool {
    WORKFLOWS.contains(&name(entry))
}

/// Whether it is called like a file that may configure.
pub(super) fn is_config(entry: &DirEntry) -> bool {
    entry.kind == FileKind::File && CONFIGS.contains(&name(entry))
}

fn name(entry: &DirEntry) -> &str {
    entry.path.file_name().unwrap_or_default()
}

/// Written by the protocol compiler: `*_pb2.py`, `*_pb2_grpc.py`, and their stubs.
fn is_generated(stem: &str) -> bool {
    stem.ends_with("_pb2") || stem.ends_with("_pb2_grpc")
}

fn is_environment(fs: &dyn FileSystem, folder: &Utf8Path) -> bool {
    ["pyvenv.cfg", "conda-meta"].iter().any(|mark| fs.metadata(&folder.join(mark)).is_ok())
}

/// Whether sources lie directly in it: then it is a package or a folder of scripts.
fn holds_code(fs: &dyn FileSystem, folder: &Utf8Path) -> bool {
    fs.read_dir(folder).is_ok_and(|entries| {
        entries.iter().any(|entry| entry.kind == FileKind::File && entry.path.extension() == Some("py"))
    })
}
