//! Findings of the requested files, and each as a row for programs.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use ide::Diagnostic;
use model::{PathRole, Project};
use source::{File, PositionEncoding, Span, Text};
use workspace::Snapshot;

use crate::output::json;
use crate::project::Loaded;

/// A finding in its file.
pub(crate) struct Found {
    pub(crate) file: File,
    pub(crate) diagnostic: Diagnostic,
}

impl Found {
    /// The level of its rule: an accepted finding is always shown as a hint.
    pub(crate) fn own_level(&self) -> config::Level {
        self.diagnostic.accepted.unwrap_or(self.diagnostic.level)
    }
}

/// Findings of the files that `is_wanted` selects, including accepted ones, sorted by path and position.
pub(crate) fn find(snapshot: &Snapshot, is_wanted: impl Fn(&Utf8Path) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    for (_, file) in wanted_files(snapshot, is_wanted) {
        found.extend(
            ide::diagnostics(snapshot, file).into_iter().map(|diagnostic| Found { file, diagnostic }),
        );
    }
    found
}

/// The requested files of all opened projects, sorted by path.
fn wanted_files(snapshot: &Snapshot, is_wanted: impl Fn(&Utf8Path) -> bool) -> Vec<(Project, File)> {
    let mut files: BTreeMap<&Utf8PathBuf, (Project, File)> = BTreeMap::new();
    for project in snapshot.projects() {
        for (_, file) in project.files(snapshot.db()).list() {
            let path = file.path(snapshot.db());
            if is_wanted(path) {
                files.insert(path, (*project, *file));
            }
        }
    }
    files.into_values().collect()
}

/// The text of a file.
pub(crate) fn text_of(snapshot: &Snapshot, file: File) -> Arc<Text> {
    source::query::text(snapshot.db(), file)
}

/// Turns findings into rows.
pub(crate) struct Rows<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// Paths are relative to this folder.
    pub(crate) root: &'a Utf8Path,
    /// Whether to make the edits of fixes: they are the most expensive part.
    pub(crate) with_edits: bool,
}

impl Rows<'_> {
    /// One finding as a row.
    pub(crate) fn row(&self, found: &Found) -> json::Finding {
        let Found { file, diagnostic } = found;
        let text = text_of(self.snapshot, *file);
        let (start, end) = one_based(&text, diagnostic.span);
        let related = diagnostic.related.iter().map(|related| {
            let (start, _) = one_based(&text_of(self.snapshot, related.file), related.span);
            json::Related {
                path: self.path(related.file),
                line: start.0,
                column: start.1,
                message: related.message.clone(),
            }
        });
        json::Finding {
            rule: diagnostic.rule.to_string(),
            level: diagnostic.level.as_str(),
            path: self.path(*file),
            line: start.0,
            column: start.1,
            end_line: end.0,
            end_column: end.1,
            message: diagnostic.message.clone(),
            evidence: diagnostic.evidence.clone(),
            fingerprint: diagnostic.fingerprint.0.clone(),
            related: related.collect(),
            modules: diagnostic.modules.iter().map(ToString::to_string).collect(),
            // Conflicts with other files only show when the edits are made.
            fixes: diagnostic
                .fixes
                .iter()
                .map(|fix| self.fix(*file, fix))
                .filter(|fix| !self.with_edits || !fix.edits.is_empty() || !fix.created.is_empty())
                .collect(),
        }
    }

    fn path(&self, file: File) -> String {
        self.relative(file.path(self.snapshot.db()))
    }

    fn relative(&self, path: &Utf8Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).to_string()
    }

    fn fix(&self, file: File, fix: &view::Fix) -> json::Fix {
        let changes = if self.with_edits { self.changes(file, fix) } else { refactor::Changes::default() };
        let mut edits = Vec::new();
        for file_edit in changes.edits {
            let text = text_of(self.snapshot, file_edit.file);
            for edit in file_edit.edits {
                let (start, end) = one_based(&text, edit.span);
                edits.push(json::Edit {
                    path: self.path(file_edit.file),
                    line: start.0,
                    column: start.1,
                    end_line: end.0,
                    end_column: end.1,
                    text: edit.insert,
                });
            }
        }
        let created = changes.created.into_iter();
        json::Fix {
            title: fix.title.clone(),
            applicability: match fix.applicability {
                view::Applicability::Safe => "safe",
                view::Applicability::Review => "review",
            },
            caution: fix.caution().map(str::to_owned),
            edits,
            created: created
                .map(|file| json::NewFile { path: self.relative(&file.path), contents: file.contents })
                .collect(),
        }
    }

    fn changes(&self, file: File, fix: &view::Fix) -> refactor::Changes {
        let db = self.snapshot.db();
        let context = self
            .snapshot
            .project_of(file.path(db))
            .and_then(|(project, _)| view::query::context(db, project, file));
        context.and_then(|cx| refactor::changes(&cx, fix, refactor::Abilities::ALL)).unwrap_or_default()
    }
}

/// Start and end of a span as one-based line and column in characters.
pub(crate) fn one_based(text: &Text, span: Span) -> ((u32, u32), (u32, u32)) {
    let start = text.position(span.start, PositionEncoding::Utf32);
    let end = text.position(span.end, PositionEncoding::Utf32);
    ((start.line + 1, start.column + 1), (end.line + 1, end.column + 1))
}

/// What was checked, and what could not be.
pub(crate) fn coverage(snapshot: &Snapshot) -> json::Coverage {
    let db = snapshot.db();
    let mut coverage = json::Coverage::default();
    for project in snapshot.projects() {
        let architecture = snapshot.architecture(*project);
        coverage.contracts +=
            project.configs(db).list.iter().map(|config| config.contracts.len()).sum::<usize>();
        for (id, info) in architecture.modules.iter() {
            coverage.files += 1;
            if info.role != PathRole::Code {
                continue;
            }
            coverage.judged += 1;
            coverage.without_layer += usize::from(architecture.layers.verdict(id).is_none());
            coverage.unresolved_imports += model::query::resolved(db, *project, info.file)
                .iter()
                .filter(|resolved| matches!(resolved.target, model::Target::Missing(_)))
                .count();
        }
        for (path, reason) in snapshot.unreadable(*project) {
            coverage.unreadable.push(format!("{path}: {reason}"));
        }
    }
    coverage
}

/// Problems of the configuration, one line each: errors, and warnings (a contract about nothing must not look like one
/// that is kept).
pub(crate) fn configuration_problems(loaded: &Loaded) -> (Vec<String>, Vec<String>) {
    let snapshot = loaded.snapshot();
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for problem in snapshot.config_problems().iter().chain(&snapshot.contract_problems()) {
        let text = Text::read(&source::DiskFileSystem, &problem.path);
        let (start, _) = one_based(&text, problem.span);
        let line = format!("{}:{}:{} {}", loaded.relative(&problem.path), start.0, start.1, problem.message);
        match problem.level {
            config::Level::Error => errors.push(line),
            config::Level::Warning => warnings.push(line),
            config::Level::Info | config::Level::Hint | config::Level::Off => {}
        }
    }
    (errors, warnings)
}
