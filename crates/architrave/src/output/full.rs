//! Findings with their lines of code.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use source::{Span, Text};
use workspace::Snapshot;

use crate::findings::{Found, text_of};
use crate::output::json::Coverage;
use crate::project::Loaded;

/// One finding with the texts of its places.
struct Shown<'a> {
    rule: &'a str,
    level: config::Level,
    message: &'a str,
    evidence: Option<&'a str>,
    main: Place<'a>,
    related: Vec<Place<'a>>,
    /// Titles of fixes.
    fixes: Vec<String>,
}

/// A span in a text.
struct Place<'a> {
    path: &'a str,
    text: &'a str,
    span: std::ops::Range<usize>,
    /// The label of the place; the finding's own needs none beside the message.
    label: &'a str,
}

/// Writes one finding.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn show(
    out: &mut impl Write,
    loaded: &Loaded,
    snapshot: &Snapshot,
    found: &Found,
) -> anyhow::Result<()> {
    let db = snapshot.db();
    let Found { file, diagnostic } = found;
    let text = text_of(snapshot, *file);
    let related: Vec<(String, Arc<Text>, Span, &str)> = diagnostic
        .related
        .iter()
        .map(|related| {
            let path = loaded.relative(related.file.path(db)).to_owned();
            (path, text_of(snapshot, related.file), related.span, related.message.as_str())
        })
        .collect();
    let path = loaded.relative(file.path(db)).to_owned();
    let shown = Shown {
        rule: diagnostic.rule,
        level: diagnostic.level,
        message: &diagnostic.message,
        evidence: diagnostic.evidence.as_deref(),
        main: Place { path: &path, text: text.as_str(), span: range(&text, diagnostic.span), label: "" },
        related: related
            .iter()
            .map(|(path, text, span, label)| Place {
                path,
                text: text.as_str(),
                span: range(text, *span),
                label,
            })
            .collect(),
        fixes: diagnostic.fixes.iter().map(view::Fix::label).collect(),
    };
    write(out, &shown)
}

/// The span as a range, clamped to the text.
fn range(text: &Text, span: Span) -> std::ops::Range<usize> {
    let end = (span.end as usize).min(text.as_str().len());
    (span.start as usize).min(end)..end
}

/// The closing lines: how much was found, and how much was checked.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn summarize(
    out: &mut impl Write,
    found: &[&Found],
    quieter: &BTreeMap<config::Level, usize>,
    coverage: &Coverage,
) -> anyhow::Result<()> {
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for found in found {
        *by_rule.entry(found.diagnostic.rule).or_default() += 1;
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
        "{}{}; {} of {} files checked, {} without a layer, {} unresolved imports; {contracts}",
        if found.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", found.len()) },
        not_shown(quieter),
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

/// `, 3 info and 8 hints not shown (--level hint)`
fn not_shown(quieter: &BTreeMap<config::Level, usize>) -> String {
    let Some((lowest, _)) = quieter.first_key_value() else { return String::new() };
    let counts = quieter.iter().rev().map(|(level, count)| {
        let is_counted = !matches!(level, config::Level::Info) && *count != 1;
        format!("{count} {level}{}", if is_counted { "s" } else { "" }, level = level.as_str())
    });
    let counts: Vec<String> = counts.collect();
    format!(", {} not shown (--level {})", counts.join(" and "), lowest.as_str())
}

fn write(out: &mut impl Write, shown: &Shown<'_>) -> anyhow::Result<()> {
    let renderer = if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    let level = match shown.level {
        config::Level::Error => Level::ERROR,
        config::Level::Warning => Level::WARNING,
        config::Level::Info => Level::INFO,
        config::Level::Hint | config::Level::Off => Level::HELP,
    };
    let mut group = level
        .primary_title(shown.message)
        .id(shown.rule)
        .element(snippet(&shown.main, AnnotationKind::Primary));
    for place in &shown.related {
        group = group.element(Level::NOTE.message(place.label));
        group = if place.text.is_empty() {
            group.element(Origin::path(place.path))
        } else {
            group.element(snippet(place, AnnotationKind::Context))
        };
    }
    if let Some(evidence) = shown.evidence {
        group = group.element(Level::NOTE.message(evidence));
    }
    for fix in &shown.fixes {
        group = group.element(Level::HELP.message(fix.as_str()));
    }
    writeln!(out, "{}\n", renderer.render(&[group]))?;
    Ok(())
}

fn snippet<'a>(place: &Place<'a>, kind: AnnotationKind) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(place.text).path(place.path).annotation(kind.span(place.span.clone()))
}
