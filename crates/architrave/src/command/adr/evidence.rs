//! The evidence for a decision: from a finding, or from a change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use agents::git;
use anyhow::bail;
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use config::{Contract, Level};
use python::naming::counted;
use records::Evidence;
use workspace::Snapshot;

use crate::findings::{Found, Rows, find};
use crate::output::json;
use crate::project::{Loaded, load};

/// Limit on the places or files listed; the rest are counted.
const LISTED: usize = 20;

/// A unique prefix of a fingerprint, at least this long, identifies a finding.
const SHORTEST: usize = 4;

/// The evidence in a finding.
///
/// # Errors
/// If there is no such finding, or several.
pub(super) fn of_finding(project: &Utf8Path, fingerprint: &str, store: &Store) -> anyhow::Result<Evidence> {
    let loaded = load(&[project.to_owned()], store)?;
    let snapshot = loaded.snapshot();
    let all = find(&snapshot, |_| true);
    let is_meant = |found: &&Found| {
        let whole = found.diagnostic.fingerprint.0.as_str();
        whole == fingerprint || (fingerprint.len() >= SHORTEST && whole.starts_with(fingerprint))
    };
    let meant: Vec<&Found> = all.iter().filter(is_meant).collect();
    let found = match meant[..] {
        [found] => found,
        [] => bail!(
            "no finding has the fingerprint `{fingerprint}`; `architrave check --output-format json` shows them"
        ),
        _ => bail!(
            "{} findings have a fingerprint that begins with `{fingerprint}`; give more of it",
            meant.len()
        ),
    };
    let row = Rows { snapshot: &snapshot, root: &loaded.root, with_edits: false }.row(found);
    let contracts = contracts(&snapshot);
    let said = [Some(row.message.as_str()), row.evidence.as_deref()];
    let mut said: Vec<&str> = said.into_iter().flatten().collect();
    said.extend(row.related.iter().map(|related| related.message.as_str()));
    let broken = contracts.iter().find(|contract| {
        let quoted = format!("\"{}\"", contract.name);
        said.iter().any(|words| words.contains(&quoted))
    });
    let mut options: Vec<String> = row.fixes.iter().map(|fix| fix.title.clone()).collect();
    options.push("Leave it as it is: an ignore comment whose reason names this record".to_owned());
    Ok(Evidence { context: told(&row), options, confirmation: confirmation(&row, broken) })
}

fn told(row: &json::Finding) -> String {
    let mut out =
        format!("`architrave check` reports in `{}:{}`:\n\n> {}\n", row.path, row.line, row.message);
    if let Some(evidence) = &row.evidence {
        let _ = write!(out, "\n{evidence}\n");
    }
    if !row.related.is_empty() {
        out.push('\n');
    }
    for related in row.related.iter().take(LISTED) {
        let _ = writeln!(out, "* `{}:{}`: {}", related.path, related.line, related.message);
    }
    if row.related.len() > LISTED {
        let _ = writeln!(out, "* and {} more places", row.related.len() - LISTED);
    }
    out
}

fn confirmation(row: &json::Finding, contract: Option<&Contract>) -> String {
    let guard = match contract {
        Some(contract) => format!("contract `{}` (rule `{}`)", contract.name, row.rule),
        None => format!("rule `{}`", row.rule),
    };
    format!(
        "`architrave check` holds the code to {guard}: finding `{}` is gone, or ignored with this record as the reason.",
        row.fingerprint
    )
}

fn contracts(snapshot: &Snapshot) -> Vec<Contract> {
    let projects = snapshot.projects().iter();
    let configs = projects.flat_map(|project| project.configs(snapshot.db()).list.iter());
    configs.flat_map(|config| config.contracts.iter().cloned()).collect()
}

/// The changes since a revision: files by layer, and the findings of `check` that they cured and made.
///
/// # Errors
/// If there is no git, the revision is unknown, or nothing has changed.
pub(super) fn of_changes(project: &Utf8Path, base: &str, store: &Store) -> anyhow::Result<Evidence> {
    let loaded = load(&[project.to_owned()], store)?;
    let changes = git::changes(&loaded.root, base)?;
    let changed: BTreeSet<&Utf8Path> = changes
        .files
        .iter()
        .filter(|path| path.starts_with(&loaded.root))
        .map(Utf8PathBuf::as_path)
        .collect();
    if changed.is_empty() {
        bail!("nothing has changed since `{base}` in {}", loaded.root);
    }
    let snapshot = loaded.snapshot();
    let mut context = format!("Changed since `{base}`, by layer:\n\n");
    for (layer, paths) in by_layer(&loaded, &snapshot, &changed) {
        let listed = paths.iter().take(LISTED).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        let more = paths.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(context, "* {layer}: {listed}{more}");
    }
    let (workspace, _) = crate::revision::at(&loaded.root, base, |_| false, store)?;
    let before = workspace.snapshot();
    let (old, new) = (loud(&before), loud(&snapshot));
    let _ = write!(
        context,
        "\n`architrave check` reports {} at `{base}`, and {} now.\n",
        counted(old.len(), "finding"),
        new.len()
    );
    let mut rules = BTreeSet::new();
    let gone = differing(&old, &new);
    let added = differing(&new, &old);
    for (title, list, of) in [("Gone", gone, &before), ("New", added, &snapshot)] {
        let rows = Rows { snapshot: of, root: &loaded.root, with_edits: false };
        if !list.is_empty() {
            let _ = write!(context, "\n{title}:\n\n");
        }
        for (index, found) in list.iter().enumerate() {
            let row = rows.row(found);
            if index < LISTED {
                let _ = writeln!(context, "* `{}:{}`: {}", row.path, row.line, row.message);
            }
            rules.insert(row.rule);
        }
        if list.len() > LISTED {
            let _ = writeln!(context, "* and {} more", list.len() - LISTED);
        }
    }
    let guards: Vec<String> = contracts(&snapshot)
        .iter()
        .map(|contract| format!("contract `{}`", contract.name))
        .chain(rules.iter().map(|rule| format!("rule `{rule}`")))
        .collect();
    let confirmation = if guards.is_empty() {
        String::new()
    } else {
        format!(
            "TODO: keep what guards the decision. `architrave check` holds the code to {}.",
            guards.join(", ")
        )
    };
    Ok(Evidence { context, options: Vec::new(), confirmation })
}

/// The findings that fail a check.
fn loud(snapshot: &Snapshot) -> Vec<Found> {
    let mut found = find(snapshot, |_| true);
    found.retain(|found| found.own_level() >= Level::Warning);
    found
}

/// Those findings that `others` lacks.
fn differing<'f>(found: &'f [Found], others: &[Found]) -> Vec<&'f Found> {
    let known: BTreeSet<&str> = others.iter().map(|it| it.diagnostic.fingerprint.0.as_str()).collect();
    found.iter().filter(|it| !known.contains(it.diagnostic.fingerprint.0.as_str())).collect()
}

/// The changed files by their current layer, in display form.
fn by_layer(
    loaded: &Loaded,
    snapshot: &Snapshot,
    changed: &BTreeSet<&Utf8Path>,
) -> BTreeMap<String, Vec<String>> {
    let mut layers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut placed: BTreeMap<&Utf8Path, String> = BTreeMap::new();
    let architectures: Vec<_> = snapshot.projects().iter().map(|it| snapshot.architecture(*it)).collect();
    for architecture in &architectures {
        for (id, info) in architecture.modules.iter() {
            let path = info.file.path(snapshot.db()).as_path();
            if let Some(layer) = architecture.layers.layer(id) {
                placed.insert(path, layer.to_string());
            }
        }
    }
    for path in changed {
        let is_python = matches!(path.extension(), Some("py" | "pyi"));
        let other = if is_python { "no layer" } else { "other files" };
        let layer = placed.get(path).cloned().unwrap_or_else(|| other.to_owned());
        layers.entry(layer).or_default().push(loaded.relative(path).to_owned());
    }
    layers
}
