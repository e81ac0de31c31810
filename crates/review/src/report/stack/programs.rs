//! The programs of a repository: folders with requirements of their own whose code doesn't import each other's.

use std::collections::BTreeSet;

use crate::evidence::Evidence;

/// The programs.
pub(super) struct Programs {
    /// The folders with requirements and code, the innermost first, with the program of each.
    folders: Vec<(String, usize)>,
    /// By source.
    sources: Vec<usize>,
}

impl Programs {
    /// Finds them.
    pub(super) fn of(evidence: &Evidence) -> Self {
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let mut folders: Vec<String> = evidence.locked.files.iter().map(|it| folder(it)).collect();
        folders.sort_by_key(|it| (std::cmp::Reverse(it.len()), it.clone()));
        folders.dedup();
        let nearest = |path: &str| folders.iter().position(|it| is_below(path, it)).unwrap_or(folders.len());
        let at: Vec<usize> = evidence.sources.iter().map(|it| nearest(&it.path)).collect();
        let mut program: Vec<usize> = (0..=folders.len()).collect();
        for (source, own) in evidence.sources.iter().zip(&at) {
            for other in &source.imports {
                let (from, to) = (program[at[*other]], program[*own]);
                program.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
        let has_code = |index: &usize| at.contains(index);
        let kept = folders.iter().enumerate().filter(|(index, _)| has_code(index));
        Self {
            folders: kept.map(|(index, it)| (it.clone(), program[index])).collect(),
            sources: at.iter().map(|it| program[*it]).collect(),
        }
    }

    /// The programs that have code.
    pub(super) fn all(&self) -> BTreeSet<usize> {
        self.sources.iter().copied().collect()
    }

    /// The program of a source.
    pub(super) fn of_source(&self, source: usize) -> usize {
        self.sources[source]
    }

    /// Whether two files with requirements may be for one program. What is above all code is for any.
    pub(super) fn are_one(&self, one: &str, other: &str) -> bool {
        let program = |file: &str| self.folders.iter().find(|(it, _)| is_below(file, it)).map(|(_, it)| *it);
        match (program(one), program(other)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
    }
}

/// Whether a path is in a folder.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
