//! The last findings of open documents, for use while the user types there. See [`crate::diagnostics`].
//!
//! Jobs send their findings as a [`Note`]; the main loop records it, and the next view has it.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use ide::Diagnostic as Finding;
use model::{Architecture, Project};
use rules::typing::Looked;
use rustc_hash::FxHashMap;

/// The last findings of open documents. Copies are shared until one of them changes.
#[derive(Debug, Default, Clone)]
pub(crate) struct Found {
    by_path: Arc<FxHashMap<Utf8PathBuf, InDocument>>,
    architectures: Arc<FxHashMap<Project, Arc<Architecture>>>,
}

/// The findings of one document.
#[derive(Debug, Default, Clone)]
pub(crate) struct InDocument {
    /// By rules that run on each typed text.
    pub(crate) at_once: Numbered,
    /// By the other rules.
    pub(crate) rest: Numbered,
}

/// Findings in the text of this number.
#[derive(Debug, Default, Clone)]
pub(crate) struct Numbered {
    pub(crate) number: u64,
    pub(crate) findings: Arc<[Finding]>,
    /// What they rest on, of those that are checked against each text.
    pub(crate) looked: Option<Looked>,
}

/// The findings of a job in a document.
#[derive(Debug)]
pub(crate) enum Note {
    /// The complete findings, with the architecture used.
    Whole { path: Utf8PathBuf, found: InDocument, project: Project, architecture: Arc<Architecture> },
    /// What its text shows by itself.
    AtOnce { path: Utf8PathBuf, at_once: Numbered },
}

impl Found {
    /// The findings of the document at `path` since it was opened, if it was completely checked.
    pub(crate) fn get(&self, path: &Utf8Path) -> Option<&InDocument> {
        self.by_path.get(path)
    }

    /// Whether the document at `path` was completely checked since it was opened.
    pub(crate) fn knows(&self, path: &Utf8Path) -> bool {
        self.by_path.contains_key(path)
    }

    /// The architecture of a project when one of its documents was last completely checked.
    pub(crate) fn architecture(&self, project: Project) -> Option<&Arc<Architecture>> {
        self.architectures.get(&project)
    }

    /// Records the findings of a job, unless those of a newer text are known.
    pub(crate) fn take_in(&mut self, note: Note) {
        match note {
            Note::Whole { path, found, project, architecture } => {
                Arc::make_mut(&mut self.architectures).insert(project, architecture);
                let known = Arc::make_mut(&mut self.by_path).entry(path).or_default();
                if known.rest.number <= found.rest.number {
                    known.rest = found.rest;
                }
                if known.at_once.number <= found.at_once.number {
                    known.at_once = found.at_once;
                }
            }
            Note::AtOnce { path, at_once } => {
                if let Some(known) = Arc::make_mut(&mut self.by_path).get_mut(&path)
                    && known.at_once.number < at_once.number
                {
                    known.at_once = at_once;
                }
            }
        }
    }

    /// Forgets a closed document.
    pub(crate) fn forget(&mut self, path: &Utf8Path) {
        Arc::make_mut(&mut self.by_path).remove(path);
        if self.by_path.is_empty() {
            self.architectures = Arc::default();
        }
    }
}
