//! The baselines of the opened folders, as they are on disk.
//!
//! They are not an input of any query: findings don't depend on what was accepted, so a changed baseline reruns
//! nothing. What editors show of the file before it is saved doesn't count.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rules::baseline::{Baseline, Broken, Entry};
use source::{File, Patience, Stamp, Text, WriteError};

use crate::Snapshot;

/// Which baselines apply.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum BaselineChoice {
    /// For each file, the nearest in its parent folders.
    #[default]
    Nearest,
    /// This one alone, whether it exists or not.
    File(Utf8PathBuf),
    /// None.
    Nothing,
}

/// A baseline on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The file; absolute.
    pub path: Utf8PathBuf,
    /// The folder that its paths are relative to.
    pub folder: Utf8PathBuf,
    /// Its text when it was read.
    pub text: Arc<str>,
    /// Its contents.
    pub baseline: Result<Baseline, Broken>,
    /// To detect whether it was written since.
    pub(crate) stamp: Stamp,
}

impl Accepted {
    /// `path` as written in entries, if it is below the folder.
    pub fn relative<'p>(&self, path: &'p Utf8Path) -> Option<&'p str> {
        path.strip_prefix(&self.folder).ok().map(Utf8Path::as_str)
    }
}

impl Snapshot {
    /// The baselines that apply, outer folders first. The same pointer as long as none has changed.
    pub fn baselines(&self) -> &Arc<[Arc<Accepted>]> {
        &self.baselines
    }

    /// The baseline that applies to the file at `path`: the nearest in its parent folders.
    pub fn baseline_of(&self, path: &Utf8Path) -> Option<&Arc<Accepted>> {
        self.baselines.iter().rev().find(|accepted| path.starts_with(&accepted.folder))
    }

    /// The entry that accepts the finding of `file` with this fingerprint. `None` if the baseline is broken.
    pub fn accepted(&self, file: File, fingerprint: &str) -> Option<&Entry> {
        let path = file.path(self.db());
        let accepted = self.baseline_of(path)?;
        let baseline = accepted.baseline.as_ref().ok()?;
        let is_there = |path: &str| self.project_of(&accepted.folder.join(path)).is_some();
        baseline.covers(accepted.relative(path)?, fingerprint, is_there)
    }

    /// The place of the baseline for the file at `path`, existing or not: that of the nearest one, else the opened
    /// folder.
    pub fn place_of_baseline(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        if let Some(accepted) = self.baseline_of(path) {
            return Some(accepted.path.clone());
        }
        let (project, _) = self.project_of(path)?;
        Some(project.root(self.db()).join(rules::baseline::FILE_NAME))
    }

    /// Whether the text of `file` is the same as on disk.
    pub fn is_saved(&self, file: File) -> bool {
        let on_disk = Text::read(source::Db::file_system(self.db()), file.path(self.db()));
        on_disk.as_str() == self.text(file).as_str()
    }

    /// Reads the baseline at `path` as it is on disk now (`None` if there is none), and writes the result of `change`
    /// if that differs; if `change` returns none, nothing is written. No other process can interfere, and a reader sees
    /// the file before or after. The workspace learns of it like of any other change on disk.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn rewrite_baseline(
        &self,
        path: &Utf8Path,
        patience: Patience,
        mut change: impl FnMut(Option<&Baseline>) -> Option<Baseline>,
    ) -> Result<(), BaselineError> {
        // One named on the command line may be anywhere.
        let opened = self.projects().iter().map(|project| project.root(self.db()));
        let workspace = opened.filter(|root| path.starts_with(root)).min();
        let workspace = workspace.map_or_else(|| path.parent().unwrap_or(path), |root| root.as_path());
        source::rewrite(source::Db::file_system(self.db()), path, workspace, patience, |text| {
            let parsed = text.map(Baseline::parse).transpose();
            let before = parsed.map_err(|broken| BaselineError::Broken { path: path.to_owned(), broken })?;
            let after = change(before.as_ref()).filter(|after| before.as_ref() != Some(after));
            Ok(after.map(|after| after.to_text(text)))
        })
        .map(drop)
    }
}

/// Why a baseline was not written.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The existing file is not a baseline, and is never overwritten.
    #[error("{path}:{}: {}", .broken.line, .broken.message)]
    Broken {
        /// The file.
        path: Utf8PathBuf,
        /// Why it can't be read.
        broken: Broken,
    },
    /// It can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}
