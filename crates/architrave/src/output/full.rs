//! Findings with the lines of code they speak of.

use std::io::{IsTerminal as _, Write};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

/// One finding with the texts that its places lie in.
pub(crate) struct Shown<'a> {
    pub(crate) rule: &'a str,
    pub(crate) level: config::Level,
    pub(crate) message: &'a str,
    pub(crate) evidence: Option<&'a str>,
    pub(crate) main: Place<'a>,
    pub(crate) related: Vec<Place<'a>>,
    /// Titles of fixes.
    pub(crate) fixes: Vec<String>,
}

/// A span in a text.
pub(crate) struct Place<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) span: std::ops::Range<usize>,
    /// What is to be seen there; the finding's own place needs no words beside the message.
    pub(crate) label: &'a str,
}

/// Writes one finding.
///
/// # Errors
/// An output that can't be written.
pub(crate) fn write(out: &mut impl Write, shown: &Shown<'_>) -> anyhow::Result<()> {
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
