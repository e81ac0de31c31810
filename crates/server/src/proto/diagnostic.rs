//! Findings and configuration problems as diagnostics.

use std::fmt::Write as _;

use config::{Level, Problem};
use ide::Diagnostic as Finding;
use rules::baseline::Broken;
use source::{Text, Unreadable};
use view::Tag;

use super::client::Features;
use super::convert::range_of_span;
use super::document::explain_uri;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Position, Range,
};

/// The source of our diagnostics.
pub(crate) const SOURCE: &str = "architrave";

/// The diagnostic of a finding in `text`. `related` are its related places, resolved by the caller.
pub(crate) fn of_finding(
    finding: &Finding,
    text: &Text,
    related: Vec<(Location, String)>,
    features: &Features,
) -> Diagnostic {
    let mut message = finding.message.clone();
    if let Some(evidence) = &finding.evidence {
        message.push('\n');
        message.push_str(evidence);
    }
    let (_, more) = finding.listed();
    if more > 0 && features.related_information {
        let places = if more == 1 { "place" } else { "places" };
        let _ = write!(message, "\n(and {more} more related {places})");
    }
    let tag = finding.tag.filter(|_| features.tags).map(|tag| match tag {
        Tag::Unnecessary => DiagnosticTag::UNNECESSARY,
        Tag::Deprecated => DiagnosticTag::DEPRECATED,
    });
    Diagnostic {
        range: range_of_span(text, finding.span, features.encoding),
        severity: Some(severity(finding.level)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: code_description(finding.rule, features),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (features.related_information && !related.is_empty()).then(|| {
            related
                .into_iter()
                .map(|(location, message)| DiagnosticRelatedInformation { location, message })
                .collect()
        }),
        tags: tag.map(|tag| vec![tag]),
        data: Some(serde_json::json!({ "rule": finding.rule, "fingerprint": finding.fingerprint.0 })),
    }
}

/// The diagnostic of a problem in a configuration file with this text.
pub(crate) fn of_problem(problem: &Problem, text: &Text, features: &Features) -> Diagnostic {
    let message = match &problem.suggestion {
        // A suggested value is quoted as it would be written.
        Some(suggestion) if !problem.message.contains(suggestion.trim_matches('"')) => {
            format!("{} (did you mean `{suggestion}`?)", problem.message)
        }
        _ => problem.message.clone(),
    };
    Diagnostic {
        range: range_of_span(text, problem.span, features.encoding),
        severity: Some(severity(problem.level)),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

/// The diagnostic of a file that could not be read, or not as its author meant it.
pub(crate) fn of_unreadable(problem: &Unreadable) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message: problem.to_string(),
        ..Diagnostic::default()
    }
}

/// The diagnostic of a baseline that can't be used, covering the whole line.
pub(crate) fn of_broken_baseline(broken: &Broken) -> Diagnostic {
    let line = broken.line.saturating_sub(1);
    Diagnostic {
        range: Range::new(Position::new(line, 0), Position::new(line + 1, 0)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: broken.message.clone(),
        ..Diagnostic::default()
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Info => DiagnosticSeverity::INFORMATION,
        // Findings at level off never get here.
        Level::Hint | Level::Off => DiagnosticSeverity::HINT,
    }
}

/// The link of a rule's id: the client's own command that shows its page. Other clients get none, since there is no
/// page to link to; hovers on rule ids show it.
fn code_description(rule: &str, features: &Features) -> Option<CodeDescription> {
    if !(features.code_description && features.explains_rules) {
        return None;
    }
    Some(CodeDescription { href: explain_uri(rule)? })
}
