//! Completions of paths in a configuration: folders and files of the project, relative to the configuration's folder.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::Subject;

/// A path to propose, and the number of project files in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// `/`-separated; a folder ends with a `/`.
    pub(super) path: String,
    pub(super) files: usize,
}

impl Subject<'_> {
    /// The folders directly in the folder that `typed` starts with, and with `and_files` the files too.
    pub(super) fn paths(&self, typed: &str, and_files: bool) -> Vec<Candidate> {
        let outer = typed.rfind('/').map_or("", |slash| &typed[..=slash]);
        let below = outer.trim_start_matches("./").trim_start_matches('/');
        let mut found: BTreeMap<(bool, String), usize> = BTreeMap::new();
        for path in self.files() {
            let Some(rest) = path.as_str().strip_prefix(below) else { continue };
            match rest.split_once('/') {
                Some((folder, _)) => *found.entry((false, format!("{outer}{folder}/"))).or_default() += 1,
                None if and_files => *found.entry((true, format!("{outer}{rest}"))).or_default() += 1,
                None => {}
            }
        }
        found.into_iter().map(|((_, path), files)| Candidate { path, files }).collect()
    }

    /// The project files in the configuration's folder, relative to it.
    pub(super) fn files(&self) -> Vec<&Utf8Path> {
        let Some(project) = self.project else { return Vec::new() };
        let db = self.snapshot.db();
        let list = project.files(db).list();
        list.iter().filter_map(|(_, file)| file.path(db).strip_prefix(self.folder).ok()).collect()
    }
}
