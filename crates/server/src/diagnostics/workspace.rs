//! The diagnostics of all files: what changed since the client's last answer.
//!
//! Turning findings into diagnostics needs the text of their files, which is not kept. So what was sent about a closed
//! file is remembered with the findings it came from, and nothing is read again for a file with the same findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::Level;
use rustc_hash::FxHashMap;
use source::Content;
use view::Finding;
use workspace::Accepted;

use super::{ResultId, of_file};
use crate::proto::{Diagnostic, PreviousResultId, Uri, path_of};
use crate::view::View;

/// The current diagnostics of one file.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) uri: Uri,
    pub(crate) version: Option<i32>,
    pub(crate) id: ResultId,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the client knows, by path: the id of the set, and the URI as the client writes it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    by_path: FxHashMap<Utf8PathBuf, (Uri, String)>,
}

impl Known {
    /// Reads it from a request.
    pub(crate) fn of(previous: Vec<PreviousResultId>) -> Self {
        let by_path = previous
            .into_iter()
            .filter_map(|known| Some((path_of(&known.uri)?, (known.uri, known.value))))
            .collect();
        Self { by_path }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }
}

/// What the client was sent about closed files, with its sources. Each run creates the next one, with only the files
/// that have diagnostics then.
#[derive(Debug, Default, Clone)]
pub(crate) struct Memory {
    by_path: Arc<FxHashMap<Utf8PathBuf, Remembered>>,
}

/// The result of a run over all files.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// What changed since the client's last answer.
    pub(crate) reports: Vec<Report>,
    /// Memory for the next run.
    pub(crate) memory: Memory,
}

#[derive(Debug, Clone)]
struct Remembered {
    findings: Arc<[Finding]>,
    /// The baselines: they decide levels and messages.
    baselines: Arc<[Arc<Accepted>]>,
    /// The minimum level shown.
    minimum_level: Level,
    content: Content,
    id: ResultId,
}

/// What changed since the client knew `known`, sorted by path. Without `everything`, what the client knows is cleared.
pub(crate) fn reports(view: &View, known: &Known, memory: &Memory, everything: bool) -> Look {
    let with = if everything { with_diagnostics(view) } else { BTreeMap::new() };
    let mut reports = Vec::new();
    let mut next = FxHashMap::default();
    for (path, findings) in &with {
        let findings = findings.as_ref();
        let told = known.by_path.get(path).map(|(_, id)| id.as_str());
        if let Some(remembered) = memory.recall(view, path, findings)
            && told == Some(remembered.id.to_string().as_str())
        {
            next.insert(path.clone(), remembered.clone());
            continue;
        }
        let diagnostics = of_file(view, path);
        let id = ResultId::of(&diagnostics);
        next.extend(Remembered::of(view, path, findings, id).map(|remembered| (path.clone(), remembered)));
        // A closed file without diagnostics that the client doesn't know is omitted.
        if told == Some(id.to_string().as_str()) || (told.is_none() && id == ResultId::EMPTY) {
            continue;
        }
        let Some(uri) = view.documents.uri(path) else { continue };
        reports.push(Report { uri, version: view.version(path), id, diagnostics });
    }
    let empty = ResultId::EMPTY.to_string();
    let mut gone: Vec<_> =
        known.by_path.iter().filter(|(path, (_, id))| !with.contains_key(*path) && *id != empty).collect();
    gone.sort_by(|a, b| a.0.cmp(b.0));
    for (path, (uri, _)) in gone {
        let report = Report {
            uri: uri.clone(),
            version: view.version(path),
            id: ResultId::EMPTY,
            diagnostics: Vec::new(),
        };
        reports.push(report);
    }
    Look { reports, memory: Memory { by_path: Arc::new(next) } }
}

/// The files that have diagnostics, and all open documents, sorted.
pub(crate) fn paths_with_diagnostics(view: &View) -> Vec<Utf8PathBuf> {
    let mut paths: Vec<_> = with_diagnostics(view).into_keys().collect();
    paths.extend(view.documents.paths().cloned());
    paths.sort();
    paths.dedup();
    paths
}

/// The files that have diagnostics; a configuration file without findings.
fn with_diagnostics(view: &View) -> BTreeMap<Utf8PathBuf, Option<Arc<[Finding]>>> {
    let mut with = BTreeMap::new();
    for (file, findings) in view.snapshot.check_all() {
        if !findings.is_empty() {
            with.insert(view.path(file).clone(), Some(findings));
        }
    }
    for accepted in view.snapshot.baselines().iter().filter(|accepted| accepted.baseline.is_err()) {
        with.insert(accepted.path.clone(), None);
    }
    for problem in view.snapshot.config_problems().iter().chain(&view.snapshot.contract_problems()) {
        with.insert(problem.path.clone(), None);
    }
    with
}

impl Memory {
    /// The number of remembered files.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.by_path.len()
    }

    /// What is remembered of a closed file, if none of its sources have changed since. The places that explain a
    /// finding are in other files and may have moved: they follow with the next change.
    fn recall(&self, view: &View, path: &Utf8Path, findings: Option<&Arc<[Finding]>>) -> Option<&Remembered> {
        let findings = findings?;
        let remembered = self.by_path.get(path)?;
        let content = view.snapshot.file(path)?.content(view.snapshot.db());
        let is_same = !matches!(content, Content::Open(_))
            && *content == remembered.content
            && Arc::ptr_eq(view.snapshot.baselines(), &remembered.baselines)
            && view.settings.minimum_level == remembered.minimum_level
            && (Arc::ptr_eq(findings, &remembered.findings) || *findings == remembered.findings);
        is_same.then_some(remembered)
    }
}

impl Remembered {
    /// What to remember of a file; `None` for an open one.
    fn of(view: &View, path: &Utf8Path, findings: Option<&Arc<[Finding]>>, id: ResultId) -> Option<Self> {
        let content = view.snapshot.file(path)?.content(view.snapshot.db()).clone();
        if matches!(content, Content::Open(_)) {
            return None;
        }
        Some(Self {
            findings: Arc::clone(findings?),
            baselines: Arc::clone(view.snapshot.baselines()),
            minimum_level: view.settings.minimum_level,
            content,
            id,
        })
    }
}
