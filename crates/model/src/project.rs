//! The inputs of a project: its files and its configuration.
#![allow(missing_docs, reason = "the database's macro writes setters without a word")]

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::{Config, FileFormatting, Formatting, Level, Packaging};
use source::File;

use crate::ModuleId;

/// A folder that was opened or checked, with everything below it.
#[salsa::input(debug)]
pub struct Project {
    /// The absolute path.
    #[returns(ref)]
    pub root: Utf8PathBuf,
    /// The Python sources below the root.
    #[returns(ref)]
    pub files: Arc<FileSet>,
    /// The configuration, by folder.
    #[returns(ref)]
    pub configs: Arc<Configs>,
}

/// The Python sources of a project, with the ids of their modules.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FileSet {
    list: Vec<(Utf8PathBuf, File)>,
    ids: Arc<[ModuleId]>,
}

impl FileSet {
    /// The files of a new project: paths relative to its root, sorted.
    pub fn new(list: Vec<(Utf8PathBuf, File)>) -> Self {
        Self::default().followed_by(list)
    }

    /// The current files, sorted by path. Files that existed before keep their modules' ids: results about one module
    /// that mention others must not change because another file was added or removed.
    #[must_use]
    pub fn followed_by(&self, list: Vec<(Utf8PathBuf, File)>) -> Self {
        let ids = crate::modules::ids((&self.list, &self.ids), &list).into();
        Self { list, ids }
    }

    /// Paths relative to the project root, with their files; sorted by path.
    pub fn list(&self) -> &[(Utf8PathBuf, File)] {
        &self.list
    }

    /// The id of each file's module, in the same order: sorted.
    pub fn ids(&self) -> &Arc<[ModuleId]> {
        &self.ids
    }
}

/// The configuration of a project, and the folders that are separate distributions.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Configs {
    /// The configurations by folder (absolute), sorted.
    pub list: Vec<Arc<Config>>,
    /// Folders (absolute, sorted) with a `pyproject.toml`, `setup.py` or `setup.cfg`: separate distributions.
    pub distributions: Vec<Utf8PathBuf>,
    /// The settings of formatters, including files above the project root; sorted by path (absolute).
    pub formatting: Vec<Arc<FileFormatting>>,
    /// The declared requirements of each distribution, sorted by folder.
    pub packaging: Vec<Packaging>,
}

impl Configs {
    /// The configuration that applies to `path`: that of the nearest parent folder with one.
    pub fn for_path(&self, path: &Utf8Path) -> Option<&Arc<Config>> {
        self.list
            .iter()
            .filter(|config| path.starts_with(&config.folder))
            .max_by_key(|config| config.folder.as_str().len())
    }

    /// Whether a finding of `level` in the file at `path` (absolute) fails a check, by the configuration of that file.
    pub fn fails(&self, path: &Utf8Path, level: Level) -> bool {
        let fail_on = self.for_path(path).map_or(Level::Warning, |config| config.fail_on);
        fail_on != Level::Off && level >= fail_on
    }

    /// The code style at `path` (absolute).
    pub fn formatting_at(&self, path: &Utf8Path) -> Formatting {
        Formatting::of(self.formatting.iter().map(|file| &**file), path)
    }

    /// The requirements of the distribution that contains `path`: those of the nearest parent folder that declares any.
    pub fn packaging_of(&self, path: &Utf8Path) -> Option<&Packaging> {
        self.packaging
            .iter()
            .filter(|packaging| packaging.has_dependencies() && path.starts_with(&packaging.folder))
            .max_by_key(|packaging| packaging.folder.as_str().len())
    }
}
