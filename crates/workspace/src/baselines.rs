//! The baselines of the opened folders, as they lie on the disk.
//!
//! They are no input of any query: what is found doesn't depend on what was accepted, so a changed baseline makes
//! nothing run again. What editors show of the file before it is saved doesn't count.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rules::baseline::{Baseline, Broken, Entry};
use source::{File, Patience, Stamp, Text, WriteError};

use crate::Snapshot;

/// Which baselines count.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum BaselineChoice {
    /// For each file the nearest upwards.
    #[default]
    Nearest,
    /// This one alone, whether it is there or not.
    File(Utf8PathBuf),
    /// None.
    Nothing,
}

/// A baseline on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The file; absolute.
    pub path: Utf8PathBuf,
    /// The folder that its paths are relative to.
    pub folder: Utf8PathBuf,
    /// Its text as it was read.
    pub text: Arc<str>,
    /// What it says.
    pub baseline: Result<Baseline, Broken>,
    /// For telling whether it was written since.
    pub(crate) stamp: Stamp,
}

impl Accepted {
    /// `path` as entries write it, if it lies below the folder.
    pub fn relative<'p>(&self, path: &'p Utf8Path) -> Option<&'p str> {
        path.strip_prefix(&self.folder).ok().map(Utf8Path::as_str)
    }
}

impl Snapshot {
    /// The baselines that count, outer folders first. The same pointer as long as none has changed.
    pub fn baselines(&self) -> &Arc<[Arc<Accepted>]> {
        &self.baselines
    }

    /// The baseline that counts for the file at `path`: the nearest upwards.
    pub fn baseline_of(&self, path: &Utf8Path) -> Option<&Arc<Accepted>> {
        self.baselines.iter().rev().find(|accepted| path.starts_with(&accepted.folder))
    }

    /// The entry that accepts the finding of `file` with this fingerprint. None does where the baseline is broken.
    pub fn accepted(&self, file: File, fingerprint: &str) -> Option<&Entry> {
        let path = file.path(self.db());
        let accepted = self.baseline_of(path)?;
        let baseline = accepted.baseline.as_ref().ok()?;
        let is_there = |path: &str| self.project_of(&accepted.folder.join(path)).is_some();
        baseline.covers(accepted.relative(path)?, fingerprint, is_there)
    }

    /// Where a baseline for the file at `path` lies, or would: beside the nearest one, else in the opened folder around.
    pub fn place_of_baseline(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        if let Some(accepted) = self.baseline_of(path) {
            return Some(accepted.path.clone());
        }
        let (project, _) = self.project_of(path)?;
        Some(project.root(self.db()).join(rules::baseline::FILE_NAME))
    }

    /// Whether the text of `file` is what lies on the disk now.
    pub fn is_saved(&self, file: File) -> bool {
        let on_disk = Text::read(source::Db::file_system(self.db()), file.path(self.db()));
        on_disk.as_str() == self.text(file).as_str()
    }

    /// Reads the baseline at `path` as it is on the disk now (nothing where there is none), and writes what `change` makes of
    /// it where that differs; nothing is written where it makes nothing. No other process comes between, and a reader sees
    /// the file before or after. The workspace learns of it as of any other change on the disk.
    ///
    /// # Errors
    /// As [`BaselineError`] says.
    pub fn rewrite_baseline(
        &self,
        path: &Utf8Path,
        patience: Patience,
        mut change: impl FnMut(Option<&Baseline>) -> Option<Baseline>,
    ) -> Result<(), BaselineError> {
        // One that was named on the command line may be anywhere.
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
    /// What is there is no baseline, and is never written over.
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
