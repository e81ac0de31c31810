//! The findings of all files, on all cores.

use std::sync::Arc;

use model::Project;
use rayon::prelude::*;
use source::File;
use view::Finding;

use crate::Snapshot;
use crate::snapshot::Handle;

impl Snapshot {
    /// All files of all projects, in the order of their paths.
    pub fn all_files(&self) -> Vec<(Project, File)> {
        self.projects()
            .iter()
            .flat_map(|project| project.files(self.db()).list().iter().map(|(_, file)| (*project, *file)))
            .collect()
    }

    /// The findings of all files of all projects, on all cores of the calling thread's pool. A file whose rules panic
    /// has none, and a line in the log. Unwinds if a write cancels it, as queries do.
    pub fn check_all(&self) -> Vec<(File, Arc<[Finding]>)> {
        self.check_files(&self.all_files())
    }

    /// As [`Snapshot::check_all`], for these files.
    pub fn check_files(&self, files: &[(Project, File)]) -> Vec<(File, Arc<[Finding]>)> {
        self.each(files, Self::check)
    }

    /// As [`Snapshot::check_files`], the findings about directions, contracts and cycles alone.
    pub fn check_layers(&self, files: &[(Project, File)]) -> Vec<(File, Arc<[Finding]>)> {
        self.each(files, |snapshot, project, file| rules::query::check_layers(snapshot.db(), project, file))
    }

    fn each(
        &self,
        files: &[(Project, File)],
        check: impl Fn(&Self, Project, File) -> Arc<[Finding]> + Sync,
    ) -> Vec<(File, Arc<[Finding]>)> {
        files
            .par_iter()
            .map_with(Handle::of(self), |handle, (project, file)| {
                let findings = handle.each(*file, |snapshot| check(snapshot, *project, *file));
                (*file, findings.unwrap_or_default())
            })
            .collect()
    }
}
