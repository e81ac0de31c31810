//! An in-memory project, opened as in an editor.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{File, MemoryFileSystem, Span};
use view::{Finding, Fix, Related};
use workspace::{Change, Snapshot, Workspace};

/// An in-memory project.
pub struct TestProject {
    workspace: Workspace,
}

const ROOT: &str = "/project";

impl TestProject {
    /// Opens a project with these files (relative path, text).
    pub fn new<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (Utf8Path::new(ROOT).join(path), text.as_bytes()));
        let memory = MemoryFileSystem::with_files(files);
        let mut workspace = Workspace::new(Arc::new(memory));
        workspace.apply(vec![Change::AddFolder(Utf8PathBuf::from(ROOT))]);
        Self { workspace }
    }

    /// The current state.
    pub fn snapshot(&self) -> Snapshot {
        self.workspace.snapshot()
    }

    /// The problems in its configuration, as `path: message`.
    pub fn config_problems(&self) -> Vec<String> {
        let snapshot = self.snapshot();
        snapshot
            .config_problems()
            .iter()
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect()
    }

    /// The problems in its contracts, as `path: message`.
    pub fn contract_problems(&self) -> Vec<String> {
        let problems = self.snapshot().contract_problems();
        problems.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
    }

    /// The findings of all files, with paths relative to the root, sorted by path and position.
    pub fn findings(&self) -> Vec<(String, Finding)> {
        let snapshot = self.snapshot();
        let mut found = Vec::new();
        for project in snapshot.projects() {
            for (path, file) in project.files(snapshot.db()).list() {
                let findings = snapshot.check(*project, *file);
                found.extend(findings.iter().map(|finding| (path.to_string(), finding.clone())));
            }
        }
        found
    }

    /// The changed files and their texts after a fix of a finding in `path`; `None` if the fix doesn't apply.
    pub fn fixed(&self, path: &str, fix: &Fix) -> Option<Vec<(String, String)>> {
        let snapshot = self.snapshot();
        let (project, file) = snapshot.project_of(&Utf8Path::new(ROOT).join(path))?;
        let cx = view::query::context(snapshot.db(), project, file)?;
        let mut texts = Vec::new();
        let changes = refactor::changes(&cx, fix, refactor::Abilities::ALL)?;
        for edit in changes.edits {
            let before = snapshot.text(edit.file);
            let text = source::apply_edits(before.as_str(), &edit.edits)?;
            for edit in &edit.edits {
                assert_ne!(
                    before.slice(edit.span),
                    edit.insert,
                    "an edit that changes nothing: {}",
                    fix.title
                );
            }
            texts.push((relative(&snapshot, edit.file), text));
        }
        for file in changes.created {
            let path = file.path.strip_prefix(ROOT).unwrap_or(&file.path);
            texts.push((path.to_string(), file.contents));
        }
        Some(texts)
    }

    /// Zero-based line of a byte offset in a file.
    pub fn line(&self, path: &str, offset: u32) -> u32 {
        let snapshot = self.snapshot();
        let text = snapshot.file(&Utf8Path::new(ROOT).join(path)).map(|file| snapshot.text(file));
        text.map_or(0, |text| text.position(offset, source::PositionEncoding::Utf8).line)
    }

    /// One-based line of a span in a file, and the text underlined there.
    pub fn marked(&self, path: &str, span: Span) -> (u32, String) {
        let snapshot = self.snapshot();
        let path = Utf8Path::new(ROOT).join(path);
        let text = snapshot.file(&path).map(|file| snapshot.text(file));
        let Some(text) = text else { return (1, String::new()) };
        let marked = view::mark(text.as_str(), span);
        let line = text.position(marked.start, source::PositionEncoding::Utf8).line + 1;
        (line, text.as_str().get(marked.start as usize..marked.end as usize).unwrap_or_default().to_owned())
    }

    /// The location of a related place: the path relative to the root, and the span.
    pub fn related(&self, related: &Related) -> (String, Span) {
        let snapshot = self.snapshot();
        let spans = python::query::spans(snapshot.db(), related.file);
        (relative(&snapshot, related.file), related.place.span(&spans))
    }

    /// Opens a buffer with a new text for a file.
    pub fn type_text(&mut self, path: &str, text: &str) {
        let path = Utf8Path::new(ROOT).join(path);
        self.workspace.apply(vec![Change::Open { path, version: 1, text: text.into() }]);
    }
}

fn relative(snapshot: &Snapshot, file: File) -> String {
    let path = file.path(snapshot.db());
    path.strip_prefix(ROOT).unwrap_or(path).to_string()
}
