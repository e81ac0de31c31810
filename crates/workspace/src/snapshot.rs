//! A read-only view of the database at one revision.

use std::sync::Arc;

use model::{Architecture, Project};
use rules::Finding;
use source::File;

use crate::Database;

/// A reader was cut off by a write; its answer would be stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// A read-only view at one revision. Keep it short: the writer waits for it.
pub struct Snapshot {
    pub(crate) database: Database,
    pub(crate) projects: Arc<[Project]>,
    /// Which revision it shows; a later one is newer.
    pub generation: u64,
}

impl Snapshot {
    /// The database, for queries.
    pub fn db(&self) -> &Database {
        &self.database
    }

    /// The opened folders.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The architecture of a project.
    pub fn architecture(&self, project: Project) -> Arc<Architecture> {
        model::query::architecture(&self.database, project)
    }

    /// The findings of a file.
    pub fn check(&self, project: Project, file: File) -> Arc<[Finding]> {
        rules::query::check(&self.database, project, file)
    }
}
