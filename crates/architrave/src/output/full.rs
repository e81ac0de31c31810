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
    /// Titles of fixes, the safe ones marked.
    pub(crate) fixes: Vec<String>,
}

/// A span in a text, with words.
pub(crate) struct Place<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) span: std::ops::Range<usize>,
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
            group.element(snippet(&Place { label: "", ..place.copied() }, AnnotationKind::Context))
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
    let annotation = kind.span(place.span.clone());
    let annotation = if place.label.is_empty() { annotation } else { annotation.label(place.label) };
    Snippet::source(place.text).path(place.path).annotation(annotation)
}

impl<'a> Place<'a> {
    fn copied(&self) -> Self {
        Self { path: self.path, text: self.text, span: self.span.clone(), label: self.label }
    }
}
