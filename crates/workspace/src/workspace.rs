//! The writer.

use std::sync::Arc;

use model::Project;
use source::FileSystem;

use crate::{Change, Database, Snapshot};

/// Owns all mutable state. Lives on one thread.
pub struct Workspace {
    database: Database,
    projects: Arc<[Project]>,
    generation: u64,
}

impl Workspace {
    /// An empty workspace over `file_system`.
    pub fn new(file_system: Arc<dyn FileSystem>) -> Self {
        Self { database: Database::new(file_system), projects: Arc::new([]), generation: 0 }
    }

    /// Applies changes in order.
    pub fn apply(&mut self, _changes: Vec<Change>) {
        self.generation += 1;
    }

    /// A view of the current state.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            database: self.database.clone(),
            projects: Arc::clone(&self.projects),
            generation: self.generation,
        }
    }
}
