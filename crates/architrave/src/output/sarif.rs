//! SARIF 2.1.0, for code scanning of GitHub and others.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Columns count characters, which is
//! `unicodeCodePoints` there. Paths are URIs relative to the repository, under the base `SRCROOT`. Findings that the
//! baseline accepts are listed with a suppression, so that a viewer shows them as dealt with rather than fixed.

mod document;
mod uri;

use std::collections::BTreeSet;
use std::io::Write;

use camino::Utf8Path;
use view::Rule;

use crate::output::json::{self, Coverage, Finding};
use crate::output::write_json;
use document::{
    ArtifactChange, ArtifactLocation, BaseId, Descriptor, Document, Driver, Fix, Invocation, Level, Location,
    LogicalLocation, Markdown, Message, Notification, PhysicalLocation, Region, Replacement, RuleProperties,
    Run, SarifResult, Suppression, Tool,
};

/// The base of paths.
const BASE: &str = "SRCROOT";

/// Writes the report: the findings, and the accepted findings. Paths are relative to `folder`.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(
    out: &mut impl Write,
    folder: &Utf8Path,
    found: &[Finding],
    accepted: &[Finding],
    coverage: &Coverage,
) -> anyhow::Result<()> {
    let new = found.iter().map(|finding| result(finding, false));
    let results = new.chain(accepted.iter().map(|finding| result(finding, true))).collect();
    let base = uri::of_folder(folder);
    write_json(
        out,
        &Document {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "architrave",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: rules::ALL.iter().map(|rule| descriptor(rule)).collect(),
                    },
                },
                column_kind: "unicodeCodePoints",
                original_uri_base_ids: [(BASE, BaseId { uri: base })].into(),
                invocations: [invocation(coverage)],
                results,
            }],
        },
    )
}

/// Files that could not be read are reported: a clean report about half of the files is not a clean report.
fn invocation(coverage: &Coverage) -> Invocation {
    let notifications = coverage.unreadable.iter().map(|line| Notification {
        level: "warning",
        message: Message { text: braces(line), markdown: None },
    });
    Invocation { execution_successful: true, tool_execution_notifications: notifications.collect() }
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    let page = rule.page().trim_end();
    // The title is shown separately.
    let body = page.split_once("\n\n").map_or(page, |(_, body)| body).to_owned();
    let (level, is_on) = match rule.level {
        config::Level::Off => (level(config::Level::Warning.as_str()), false),
        other => (level(other.as_str()), true),
    };
    Descriptor {
        id: rule.id,
        name: pascal(rule.id),
        short_description: Message { text: format!("{}.", rule.summary), markdown: None },
        full_description: Message { text: format!("Reports {}.", rule.summary), markdown: None },
        help: Markdown { text: body.clone(), markdown: body },
        default_configuration: document::Configuration { enabled: is_on, level },
        properties: RuleProperties { tags: [rule.group.as_str(), "architecture"] },
    }
}

/// `HiddenImport`: shown by viewers beside an opaque id.
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    id.split('-').map(word).collect()
}

fn level(word: &str) -> Level {
    match word {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

fn result(finding: &Finding, is_accepted: bool) -> SarifResult {
    let mut message = finding.message.clone();
    if is_accepted && let Some(plain) = message.strip_suffix(ide::ACCEPTED) {
        message = plain.to_owned();
    }
    if let Some(evidence) = &finding.evidence {
        message = format!("{message}\n{evidence}");
    }
    let at = physical(
        &finding.path,
        Region {
            start_line: finding.line,
            start_column: Some(finding.column),
            end_line: Some(finding.end_line),
            end_column: Some(finding.end_column),
        },
    );
    // Without duplicates: the schema requires it, and a cycle of packages names a module twice.
    let names: BTreeSet<&String> = finding.modules.iter().collect();
    let modules =
        names.into_iter().map(|name| LogicalLocation { fully_qualified_name: name.clone(), kind: "module" });
    let related = finding.related.iter().enumerate().map(|(index, related)| {
        let region = Region {
            start_line: related.line,
            start_column: Some(related.column),
            end_line: None,
            end_column: None,
        };
        Location {
            id: Some(index),
            physical_location: physical(&related.path, region),
            message: Some(Message { text: braces(&related.message), markdown: None }),
            logical_locations: Vec::new(),
        }
    });
    let rule_index = rules::ALL.iter().position(|rule| rule.id == finding.rule);
    SarifResult {
        rule_id: finding.rule.clone(),
        rule_index: rule_index.unwrap_or_default(),
        level: level(finding.level),
        message: Message { text: braces(&message), markdown: None },
        locations: [Location {
            id: None,
            physical_location: at,
            message: None,
            logical_locations: modules.collect(),
        }],
        related_locations: related.collect(),
        partial_fingerprints: [("architrave/v1", finding.fingerprint.clone())].into(),
        fixes: finding.fixes.iter().filter_map(fix).collect(),
        suppressions: is_accepted.then_some([Suppression {
            kind: "external",
            status: "accepted",
            justification: "accepted in the baseline",
        }]),
    }
}

/// A fix as replacements. One that creates files can't be expressed in SARIF.
fn fix(fix: &json::Fix) -> Option<Fix> {
    if fix.edits.is_empty() || !fix.created.is_empty() {
        return None;
    }
    let changes = fix.edits.chunk_by(|a, b| a.path == b.path).map(|edits| ArtifactChange {
        artifact_location: location(&edits[0].path),
        replacements: edits
            .iter()
            .map(|edit| Replacement {
                deleted_region: Region {
                    start_line: edit.line,
                    start_column: Some(edit.column),
                    end_line: Some(edit.end_line),
                    end_column: Some(edit.end_column),
                },
                inserted_content: document::Content { text: edit.text.clone() },
            })
            .collect(),
    });
    let description = Message { text: braces(&fix.title), markdown: None };
    Some(Fix { description, artifact_changes: changes.collect() })
}

fn physical(path: &str, region: Region) -> PhysicalLocation {
    PhysicalLocation { artifact_location: location(path), region }
}

fn location(path: &str) -> ArtifactLocation {
    // A configuration file may be above the repository.
    let path = Utf8Path::new(path);
    if path.is_absolute() {
        ArtifactLocation { uri: uri::of_file(path), uri_base_id: None }
    } else {
        ArtifactLocation { uri: uri::relative(path), uri_base_id: Some(BASE) }
    }
}

/// In messages braces are placeholders for arguments, so plain ones are doubled (section 3.11.5).
fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rules_are_pascal_case() {
        for (id, expected) in [("hidden-import", "HiddenImport"), ("n-plus-one", "NPlusOne")] {
            assert_eq!(pascal(id), expected);
        }
    }

    #[test]
    fn braces_are_doubled() {
        assert_eq!(braces("GET /orders/{id}"), "GET /orders/{{id}}");
    }
}
