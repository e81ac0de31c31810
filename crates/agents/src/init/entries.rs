//! The configuration entries for what was inferred, each with its reason.

use std::fmt::Write as _;

use camino::Utf8Path;
use model::{Architecture, PathRole};
use workspace::Snapshot;

use super::layers;
use crate::Refused;
use crate::session::project;

/// An entry of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The table that contains it; empty at the top. `[[contracts]]` for a contract.
    pub(super) table: &'static str,
    /// Its key, or the name of the contract.
    pub(super) key: String,
    /// Lines of TOML.
    pub(super) toml: String,
    /// The reason, in lines without `#`.
    pub(super) why: Vec<String>,
    /// Whether it is only a comment.
    pub(super) is_comment: bool,
    /// Whether it is left out if it would change something: a contract that is broken is not proposed.
    pub(super) is_optional: bool,
}

impl Entry {
    /// As a comment, since it would change findings.
    pub(super) fn into_comment(mut self, changed: usize) -> Self {
        self.is_comment = true;
        let findings = if changed == 1 { "1 finding".to_owned() } else { format!("{changed} findings") };
        self.why.push(format!("Inferred, not declared: declaring it would change {findings}."));
        self
    }
}

/// A list of strings, on one line if it fits.
pub(super) fn list(items: &[String]) -> String {
    const WIDTH: usize = 100;
    let quoted: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    let line = format!("[{}]", quoted.join(", "));
    if line.len() <= WIDTH { line } else { format!("[\n    {},\n]", quoted.join(",\n    ")) }
}

/// A basic TOML string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => _ = write!(out, "\\u{:04x}", u32::from(control)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// The inferred entries.
///
/// # Errors
/// If the project has no code.
pub(super) fn all(snapshot: &Snapshot, root: &Utf8Path) -> Result<Vec<Entry>, Refused> {
    let project = project(snapshot)?;
    let architecture = snapshot.architecture(project);
    if !architecture.modules.iter().any(|(_, info)| info.role == PathRole::Code) {
        return Err(Refused::new(format!("there is no Python code to judge in {root}")));
    }
    let mut entries = vec![roots(&architecture)];
    entries.extend(style(&architecture));
    let found = layers::entries(&architecture);
    entries.extend(layers::promises(&architecture, &found));
    entries.extend(found.into_iter().map(|layer| layer.entry));
    Ok(entries)
}

fn top(key: &str, value: &str, why: Vec<String>) -> Entry {
    Entry {
        table: "",
        key: key.to_owned(),
        toml: format!("{key} = {value}"),
        why,
        is_comment: false,
        is_optional: false,
    }
}

fn roots(architecture: &Architecture) -> Entry {
    let paths = architecture.modules.roots.iter().map(|root| match root.path.as_str() {
        "" => ".".to_owned(),
        path => path.to_owned(),
    });
    let mut paths: Vec<String> = paths.collect();
    paths.dedup();
    top("source-roots", &list(&paths), vec!["Folders that imports start from.".to_owned()])
}

fn style(architecture: &Architecture) -> Option<Entry> {
    let styles = &architecture.layers.styles;
    let first = styles.first()?;
    if styles.iter().all(|it| it.style == first.style) {
        return Some(top(
            "style",
            &quoted(first.style.as_str()),
            vec![format!("{}: {}.", first.style.summary().trim_end_matches('.'), first.reason())],
        ));
    }
    // One for each distribution: a key for the whole would be wrong for some.
    let mut why = vec!["The distributions of this project have styles of their own:".to_owned()];
    why.extend(styles.iter().map(|it| format!("- {} in {}: {}", it.style, it.name(), it.reason())));
    let mut entry = top("style", &quoted(first.style.as_str()), why);
    entry.is_comment = true;
    Some(entry)
}
