//! What was last found in open documents, for the time in which somebody types there. [`crate::diagnostics`] says what for.
//!
//! Jobs send what they find as a [`Note`]; the main loop takes it in, and the next view has it.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use ide::Diagnostic as Finding;
use model::{Architecture, Project};
use rules::typing::Looked;
use rustc_hash::FxHashMap;

/// What was last found in open documents. A copy shares it until one of them changes.
#[derive(Debug, Default, Clone)]
pub(crate) struct Found {
    by_path: Arc<FxHashMap<Utf8PathBuf, InDocument>>,
    architectures: Arc<FxHashMap<Project, Arc<Architecture>>>,
}

/// What was found in one document.
#[derive(Debug, Default, Clone)]
pub(crate) struct InDocument {
    /// By rules that are checked against each text that is typed.
    pub(crate) at_once: Numbered,
    /// By the others.
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

/// What a job found in a document.
#[derive(Debug)]
pub(crate) enum Note {
    /// All there is, with the architecture that it was checked against.
    Whole { path: Utf8PathBuf, found: InDocument, project: Project, architecture: Arc<Architecture> },
    /// What its text shows by itself.
    AtOnce { path: Utf8PathBuf, at_once: Numbered },
}

impl Found {
    /// What was found in the document at `path` since it was opened, if it was checked whole.
    pub(crate) fn get(&self, path: &Utf8Path) -> Option<&InDocument> {
        self.by_path.get(path)
    }

    /// Whether the document at `path` was checked whole since it was opened.
    pub(crate) fn knows(&self, path: &Utf8Path) -> bool {
        self.by_path.contains_key(path)
    }

    /// The architecture of a project, as it was when one of its documents was last checked whole.
    pub(crate) fn architecture(&self, project: Project) -> Option<&Arc<Architecture>> {
        self.architectures.get(&project)
    }

    /// Takes in what a job found, unless what is known is about a newer text.
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

    /// A document was closed.
    pub(crate) fn forget(&mut self, path: &Utf8Path) {
        Arc::make_mut(&mut self.by_path).remove(path);
        if self.by_path.is_empty() {
            self.architectures = Arc::default();
        }
    }
}
