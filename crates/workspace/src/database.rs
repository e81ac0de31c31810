//! The only concrete database.

use std::sync::Arc;

use cache::Store;
use python::OpenTrees;
use source::{FileSystem, Files};

/// The only concrete database. Cloned only into snapshots.
#[salsa::db]
#[derive(Clone)]
pub struct Database {
    pub(crate) file_system: Arc<dyn FileSystem>,
    pub(crate) files: Files,
    pub(crate) open_trees: OpenTrees,
    pub(crate) store: Store,
    // Last, so that it is dropped last.
    storage: salsa::Storage<Self>,
}

/// Called for each executed query with its name (`layers(Id(400))`).
pub type ExecutionListener = Box<dyn Fn(&str) + Send + Sync>;

impl Database {
    /// An empty database over `file_system`.
    pub fn new(file_system: Arc<dyn FileSystem>) -> Self {
        Self::over(file_system, salsa::Storage::default())
    }

    /// As [`Database::new`], calling `listener` for each query that is executed rather than taken from memory: for
    /// tests of the cost of an edit. The name of a query is only known while a database is attached to the thread,
    /// which is the case whenever a query runs.
    pub fn with_listener(file_system: Arc<dyn FileSystem>, listener: ExecutionListener) -> Self {
        let callback = move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind {
                listener(&format!("{database_key:?}"));
            }
        };
        Self::over(file_system, salsa::Storage::new(Some(Box::new(callback))))
    }

    fn over(file_system: Arc<dyn FileSystem>, storage: salsa::Storage<Self>) -> Self {
        Self {
            file_system,
            files: Files::default(),
            open_trees: OpenTrees::default(),
            store: Store::off(),
            storage,
        }
    }

    /// The registry from path to file.
    pub fn files(&self) -> &Files {
        &self.files
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

    fn store(&self) -> &Store {
        &self.store
    }
}

#[salsa::db]
impl model::Db for Database {}

#[salsa::db]
impl flow::Db for Database {}

#[salsa::db]
impl view::Db for Database {}
