//! What was last found in open documents, for the time in which somebody types there.
//!
//! A finding that is still true must not vanish and come back. So between a keystroke and the next pause a document shows
//! what was found before, moved along with the edits; only what the new text shows by itself is looked at anew, against the
//! architecture as it was last known ([`rules::typing`]). The pause brings the whole truth.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use ide::Diagnostic as Finding;
use model::{Architecture, Project};
use rustc_hash::FxHashMap;
use source::{File, Text};
use workspace::Typed;

use crate::view::View;

/// What was last found in open documents. Clones share it: jobs leave here what they found.
#[derive(Debug, Default, Clone)]
pub(crate) struct Last {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    by_path: FxHashMap<Utf8PathBuf, Found>,
    architectures: FxHashMap<Project, Arc<Architecture>>,
}

/// What was found in one document.
#[derive(Debug, Default, Clone)]
struct Found {
    /// By rules that are held against each text that is typed.
    at_once: Numbered,
    /// By the others.
    rest: Numbered,
    /// The text of `at_once`, where it was typed.
    typed: Option<Typed>,
}

/// Findings in the text of this number.
#[derive(Debug, Default, Clone)]
struct Numbered {
    number: u64,
    findings: Arc<[Finding]>,
}

/// What an open document shows, and the text that the places are in.
pub(crate) struct Shown {
    pub(crate) findings: Vec<Finding>,
    pub(crate) text: Arc<Text>,
}

impl Last {
    /// What an open document shows: the whole truth, or, while somebody types in it, what can be said at once.
    pub(crate) fn of_open(&self, view: &View, file: File, typed: &Typed) -> Shown {
        let path = view.path(file);
        if view.is_typed_in(path)
            && let Some(shown) = self.meanwhile(view, path, file, typed)
        {
            return shown;
        }
        let findings = ide::diagnostics(&view.snapshot, file);
        self.remember(view, path, typed.seen, &findings);
        let findings = if typed.seen == typed.number {
            findings
        } else {
            findings.iter().filter_map(|finding| finding.moved(file, typed, typed.seen)).collect()
        };
        Shown { findings, text: Arc::clone(&typed.text) }
    }

    /// Whether the document at `path` was judged whole since it was opened.
    pub(crate) fn knows(&self, path: &Utf8Path) -> bool {
        self.lock().by_path.contains_key(path)
    }

    /// A document was closed.
    pub(crate) fn forget(&self, path: &Utf8Path) {
        let mut inner = self.lock();
        inner.by_path.remove(path);
        if inner.by_path.is_empty() {
            inner.architectures.clear();
        }
    }

    /// What was found before, and what the text shows by itself. Nothing where nothing was found before.
    fn meanwhile(&self, view: &View, path: &Utf8Path, file: File, typed: &Typed) -> Option<Shown> {
        let mut found = self.lock().by_path.get(path).cloned()?;
        if typed.is_newest()
            && let Some((project, file)) = view.snapshot.project_of(path)
            && let Some(architecture) = self.architecture(project)
            && let Some(findings) =
                ide::typed_diagnostics(&view.snapshot, project, file, typed, &architecture)
        {
            found.at_once = Numbered { number: typed.number, findings: findings.into() };
            found.typed = Some(typed.clone());
            self.remember_at_once(path, &found);
        }
        // Where a newer text has been looked at meanwhile, the answer is about that one.
        let typed = found.typed.as_ref().filter(|newer| newer.number > typed.number).unwrap_or(typed);
        let mut findings: Vec<Finding> = [&found.at_once, &found.rest]
            .into_iter()
            .flat_map(|found| found.findings.iter().map(|finding| (finding, found.number)))
            .filter_map(|(finding, number)| finding.moved(file, typed, number))
            .collect();
        findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
        Some(Shown { findings, text: Arc::clone(&typed.text) })
    }

    fn architecture(&self, project: Project) -> Option<Arc<Architecture>> {
        self.lock().architectures.get(&project).cloned()
    }

    fn remember_at_once(&self, path: &Utf8Path, found: &Found) {
        if let Some(known) = self.lock().by_path.get_mut(path)
            && known.at_once.number < found.at_once.number
        {
            known.at_once = found.at_once.clone();
            known.typed.clone_from(&found.typed);
        }
    }

    fn remember(&self, view: &View, path: &Utf8Path, number: u64, findings: &[Finding]) {
        let Some((project, _)) = view.snapshot.project_of(path) else { return };
        let architecture = view.snapshot.architecture(project);
        let (at_once, rest): (Vec<Finding>, Vec<Finding>) =
            findings.iter().cloned().partition(|finding| rules::typing::is_at_once(finding.rule));
        let mut inner = self.lock();
        inner.architectures.insert(project, architecture);
        let known = inner.by_path.entry(path.to_owned()).or_default();
        if known.rest.number <= number {
            known.rest = Numbered { number, findings: rest.into() };
        }
        if known.at_once.number <= number {
            known.at_once = Numbered { number, findings: at_once.into() };
            known.typed = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Whoever panicked with the lock in hand left whole entries: each is set at once.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
