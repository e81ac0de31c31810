//! `architrave check`: the findings of a project.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use anyhow::bail;
use ide::Diagnostic;
use model::{PathRole, Project};
use source::{File, PositionEncoding, Span, Text};
use workspace::Snapshot;

use crate::arguments::{Check, CheckFormat};
use crate::command::fix;
use crate::exit::Exit;
use crate::output::{concise, full, json};
use crate::project::{Loaded, load};

/// Reports the findings below the given paths.
///
/// # Errors
/// A path that doesn't exist, a configuration that can't be used, or an output that can't be written.
pub(crate) fn run(options: &Check) -> anyhow::Result<Exit> {
    let mut loaded = load(&options.paths)?;
    let (errors, warnings) = configuration_problems(&loaded);
    if !errors.is_empty() {
        bail!("the configuration can't be used as it is:\n{}", errors.join("\n"));
    }
    for warning in warnings {
        writeln!(std::io::stderr(), "architrave: {warning}")?;
    }
    if options.fix {
        fix::apply(&mut loaded)?;
    }
    let snapshot = loaded.snapshot();
    let found = findings(&loaded, &snapshot);
    let mut out = std::io::stdout().lock();
    match options.output_format {
        CheckFormat::Json => {
            let findings = found
                .iter()
                .map(|(file, diagnostic)| as_json(&loaded, &snapshot, *file, diagnostic))
                .collect();
            json::write(&mut out, &json::Report { schema: 1, findings, coverage: coverage(&snapshot) })?;
        }
        CheckFormat::Concise => {
            let rows: Vec<json::Finding> = found
                .iter()
                .map(|(file, diagnostic)| as_json(&loaded, &snapshot, *file, diagnostic))
                .collect();
            concise::write(&mut out, &rows)?;
        }
        CheckFormat::Full => {
            for (file, diagnostic) in &found {
                show(&mut out, &loaded, &snapshot, *file, diagnostic)?;
            }
            summarize(&mut out, &found, &coverage(&snapshot))?;
        }
    }
    Ok(if found.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// What is wrong with the configuration, one line each: errors, and what is worth knowing (a contract about nothing
/// must not look like one that is kept).
fn configuration_problems(loaded: &Loaded) -> (Vec<String>, Vec<String>) {
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

/// Findings of wanted files, sorted by path and place.
fn findings(loaded: &Loaded, snapshot: &Snapshot) -> Vec<(File, Diagnostic)> {
    let mut found = Vec::new();
    for (_, file) in wanted_files(loaded, snapshot) {
        found.extend(ide::diagnostics(snapshot, file).into_iter().map(|diagnostic| (file, diagnostic)));
    }
    found
}

/// The wanted files of all opened projects, sorted by path.
fn wanted_files(loaded: &Loaded, snapshot: &Snapshot) -> Vec<(Project, File)> {
    let mut files = BTreeMap::new();
    for project in snapshot.projects() {
        for (_, file) in &project.files(snapshot.db()).list {
            let path = file.path(snapshot.db());
            if loaded.is_wanted(path) {
                files.insert(path.clone(), (*project, *file));
            }
        }
    }
    files.into_values().collect()
}

fn text_of(snapshot: &Snapshot, file: File) -> Arc<Text> {
    source::query::text(snapshot.db(), file)
}

fn as_json(loaded: &Loaded, snapshot: &Snapshot, file: File, diagnostic: &Diagnostic) -> json::Finding {
    let text = text_of(snapshot, file);
    let (start, end) = one_based(&text, diagnostic.span);
    json::Finding {
        rule: diagnostic.rule.to_string(),
        level: diagnostic.level.as_str(),
        path: loaded.relative(file.path(snapshot.db())).to_owned(),
        line: start.0,
        column: start.1,
        end_line: end.0,
        end_column: end.1,
        message: diagnostic.message.clone(),
        evidence: diagnostic.evidence.clone(),
        fingerprint: diagnostic.fingerprint.0.clone(),
        related: diagnostic
            .related
            .iter()
            .map(|related| {
                let (start, _) = one_based(&text_of(snapshot, related.file), related.span);
                json::Related {
                    path: loaded.relative(related.file.path(snapshot.db())).to_owned(),
                    line: start.0,
                    column: start.1,
                    message: related.message.clone(),
                }
            })
            .collect(),
        modules: diagnostic.modules.iter().map(ToString::to_string).collect(),
        fixes: diagnostic.fixes.iter().map(|fix| fix_as_json(loaded, snapshot, file, fix)).collect(),
    }
}

fn fix_as_json(loaded: &Loaded, snapshot: &Snapshot, file: File, fix: &rules::Fix) -> json::Fix {
    let mut edits = Vec::new();
    let context = snapshot
        .project_of(file.path(snapshot.db()))
        .and_then(|(project, _)| rules::query::context(snapshot.db(), project, file));
    let changes = context.and_then(|cx| rules::changes(&cx, fix, rules::Abilities::ALL)).unwrap_or_default();
    for file_edit in changes.edits {
        let text = text_of(snapshot, file_edit.file);
        for edit in file_edit.edits {
            let (start, end) = one_based(&text, edit.span);
            edits.push(json::Edit {
                path: loaded.relative(file_edit.file.path(snapshot.db())).to_owned(),
                line: start.0,
                column: start.1,
                end_line: end.0,
                end_column: end.1,
                text: edit.insert,
            });
        }
    }
    json::Fix {
        title: fix.title.clone(),
        applicability: match fix.applicability {
            rules::Applicability::Safe => "safe",
            rules::Applicability::Review => "review",
        },
        edits,
        created: changes
            .created
            .into_iter()
            .map(|file| json::NewFile {
                path: loaded.relative(&file.path).to_owned(),
                contents: file.contents,
            })
            .collect(),
    }
}

/// Start and end of a span as one-based line and column in characters.
fn one_based(text: &Text, span: Span) -> ((u32, u32), (u32, u32)) {
    let start = text.position(span.start, PositionEncoding::Utf32);
    let end = text.position(span.end, PositionEncoding::Utf32);
    ((start.line + 1, start.column + 1), (end.line + 1, end.column + 1))
}

fn show(
    out: &mut impl std::io::Write,
    loaded: &Loaded,
    snapshot: &Snapshot,
    file: File,
    diagnostic: &Diagnostic,
) -> anyhow::Result<()> {
    let db = snapshot.db();
    let text = text_of(snapshot, file);
    let related: Vec<(String, Arc<Text>, Span, &str)> = diagnostic
        .related
        .iter()
        .map(|related| {
            let path = loaded.relative(related.file.path(db)).to_owned();
            (path, text_of(snapshot, related.file), related.span, related.message.as_str())
        })
        .collect();
    let path = loaded.relative(file.path(db)).to_owned();
    full::write(
        out,
        &full::Shown {
            rule: diagnostic.rule,
            level: diagnostic.level,
            message: &diagnostic.message,
            evidence: diagnostic.evidence.as_deref(),
            main: full::Place {
                path: &path,
                text: text.as_str(),
                span: range(&text, diagnostic.span),
                label: "",
            },
            related: related
                .iter()
                .map(|(path, text, span, label)| full::Place {
                    path,
                    text: text.as_str(),
                    span: range(text, *span),
                    label,
                })
                .collect(),
            fixes: diagnostic.fixes.iter().map(|fix| fix.title.clone()).collect(),
        },
    )
}

/// The span as a range that surely lies inside the text.
fn range(text: &Text, span: Span) -> std::ops::Range<usize> {
    let end = (span.end as usize).min(text.as_str().len());
    (span.start as usize).min(end)..end
}

/// The closing lines: how much was found, and how much was seen.
fn summarize(
    out: &mut impl std::io::Write,
    found: &[(File, Diagnostic)],
    coverage: &json::Coverage,
) -> anyhow::Result<()> {
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, diagnostic) in found {
        *by_rule.entry(diagnostic.rule).or_default() += 1;
    }
    for (rule, count) in by_rule {
        writeln!(out, "{count:>5}  {rule}")?;
    }
    let contracts = match coverage.contracts {
        0 => "no contracts declared, layers and style inferred".to_owned(),
        1 => "1 contract declared".to_owned(),
        many => format!("{many} contracts declared"),
    };
    writeln!(
        out,
        "{} findings in {} of {} files; {} without a layer, {} unresolved imports; {contracts}",
        found.len(),
        coverage.judged,
        coverage.files,
        coverage.without_layer,
        coverage.unresolved_imports
    )?;
    for line in &coverage.unreadable {
        writeln!(out, "left out: {line}")?;
    }
    Ok(())
}

fn coverage(snapshot: &Snapshot) -> json::Coverage {
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
