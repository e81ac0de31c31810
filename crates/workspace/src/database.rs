//! The one concrete database.

use std::sync::Arc;

use python::OpenTrees;
use source::{FileSystem, Files};

/// The one concrete database. Cloned only into snapshots.
#[salsa::db]
#[derive(Clone)]
pub struct Database {
    pub(crate) file_system: Arc<dyn FileSystem>,
    pub(crate) files: Files,
    pub(crate) open_trees: OpenTrees,
    // Last, so that it is dropped last.
    storage: salsa::Storage<Self>,
}

impl Database {
    /// An empty database over `file_system`.
    pub fn new(file_system: Arc<dyn FileSystem>) -> Self {
        Self {
            file_system,
            files: Files::default(),
            open_trees: OpenTrees::default(),
            storage: salsa::Storage::default(),
        }
    }
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl source::Db for Database {
    fn file_system(&self) -> &dyn FileSystem {
        &*self.file_system
    }
}

#[salsa::db]
impl python::Db for Database {
    fn open_trees(&self) -> &OpenTrees {
        &self.open_trees
    }
}

#[salsa::db]
impl model::Db for Database {}

#[salsa::db]
impl rules::Db for Database {}
