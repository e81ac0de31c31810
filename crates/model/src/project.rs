//! The inputs of a project: its files and its configuration.
#![allow(missing_docs, reason = "the database's macro writes setters without a word")]

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::{Config, FileFormatting, Formatting, Packaging};
use source::File;

use crate::ModuleId;

/// One folder that was opened or checked, with all that lies below it.
#[salsa::input(debug)]
pub struct Project {
    /// Absolute.
    #[returns(ref)]
    pub root: Utf8PathBuf,
    /// The Python sources below the root.
    #[returns(ref)]
    pub files: Arc<FileSet>,
    /// What is declared, and where.
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

    /// The files that are there now, sorted by path. Those that were there before keep their modules' ids: what is known of
    /// a module and names others must not change because another file came or went.
    #[must_use]
    pub fn followed_by(&self, list: Vec<(Utf8PathBuf, File)>) -> Self {
        let ids = crate::modules::ids((&self.list, &self.ids), &list).into();
        Self { list, ids }
    }

    /// Path relative to the project's root and file; sorted by path.
    pub fn list(&self) -> &[(Utf8PathBuf, File)] {
        &self.list
    }

    /// The module of each file, in the same order: sorted.
    pub fn ids(&self) -> &Arc<[ModuleId]> {
        &self.ids
    }
}

/// What is declared in a project, and which folders are distributions of their own.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Configs {
    /// The configuration of each folder that has one; sorted by folder (absolute).
    pub list: Vec<Arc<Config>>,
    /// Folders (absolute, sorted) with a `pyproject.toml`, `setup.py` or `setup.cfg`: distributions of their own.
    pub distributions: Vec<Utf8PathBuf>,
    /// What files tell formatters, also those above the project's root; sorted by path (absolute).
    pub formatting: Vec<Arc<FileFormatting>>,
    /// What each of those says that it needs; sorted by folder.
    pub packaging: Vec<Packaging>,
}

impl Configs {
    /// The configuration that governs `path`: that of the nearest folder upwards.
    pub fn for_path(&self, path: &Utf8Path) -> Option<&Arc<Config>> {
        self.list
            .iter()
            .filter(|config| path.starts_with(&config.folder))
            .max_by_key(|config| config.folder.as_str().len())
    }

    /// How code is written at `path` (absolute).
    pub fn formatting_at(&self, path: &Utf8Path) -> Formatting {
        Formatting::of(self.formatting.iter().map(|file| &**file), path)
    }

    /// What the distribution needs that `path` belongs to: that of the nearest folder upwards that says so.
    pub fn packaging_of(&self, path: &Utf8Path) -> Option<&Packaging> {
        self.packaging
            .iter()
            .filter(|packaging| path.starts_with(&packaging.folder))
            .max_by_key(|packaging| packaging.folder.as_str().len())
    }
}
