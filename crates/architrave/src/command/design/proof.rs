//! A plan overlaid on the project, in memory: what `check` would find then.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use config::Level;
use model::Target;
use scaffold::Plan;
use workspace::{Change, Snapshot};

use crate::findings::{Found, Rows, find};
use crate::project::Loaded;

/// The findings of a plan.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// Findings of rules that report in the model's files too: the project's usual way.
    pub(super) known: Vec<String>,
    /// Findings of other rules, and unresolved imports.
    pub(super) broken: Vec<String>,
}

/// Checks a plan.
pub(super) fn of(loaded: &mut Loaded, root: &Utf8Path, plan: &Plan) -> Proof {
    if plan.files.is_empty() {
        return Proof::default();
    }
    let (before, missing_before) = {
        let snapshot = loaded.snapshot();
        (fingerprints(&snapshot), missing(&snapshot))
    };
    let models: BTreeSet<Utf8PathBuf> =
        plan.files.iter().map(|file| root.join(file.like.as_ref().unwrap_or(&file.path))).collect();
    let usual: BTreeSet<&str> = {
        let snapshot = loaded.snapshot();
        find(&snapshot, |path| models.contains(path)).iter().map(|found| found.diagnostic.rule).collect()
    };
    let opened = plan.files.iter().map(|file| Change::Open {
        path: root.join(&file.path),
        version: 0,
        text: file.after.as_str().into(),
    });
    loaded.workspace.apply(opened.collect());
    let snapshot = loaded.snapshot();
    let mut proof = Proof::default();
    for file in &plan.files {
        let was_whole = file.before.as_ref().is_none_or(|before| python::parse(before).is_whole());
        if was_whole && !python::parse(&file.after).is_whole() {
            proof.broken.push(format!("{}: it doesn't parse", file.path));
        }
    }
    let rows = Rows { snapshot: &snapshot, root, with_edits: false };
    for found in loud(&snapshot) {
        if before.contains(&found.diagnostic.fingerprint.0) {
            continue;
        }
        let row = rows.row(&found);
        let line = format!("{}:{} [{}] {}", row.path, row.line, row.rule, row.message);
        if usual.contains(found.diagnostic.rule) { proof.known.push(line) } else { proof.broken.push(line) }
    }
    for (path, names) in missing(&snapshot) {
        for name in names {
            let is_old = missing_before.get(&path).is_some_and(|known| known.contains(&name));
            if !is_old {
                let path = path.strip_prefix(root).unwrap_or(&path);
                proof.broken.push(format!("{path}: `{name}` leads nowhere"));
            }
        }
    }
    proof
}

/// Findings of level warning or error.
fn loud(snapshot: &Snapshot) -> Vec<Found> {
    let mut found = find(snapshot, |_| true);
    found.retain(|found| found.own_level() >= Level::Warning);
    found
}

fn fingerprints(snapshot: &Snapshot) -> BTreeSet<String> {
    loud(snapshot).into_iter().map(|found| found.diagnostic.fingerprint.0.clone()).collect()
}

/// Unresolved imports of the project, by file.
fn missing(snapshot: &Snapshot) -> BTreeMap<Utf8PathBuf, BTreeSet<String>> {
    let mut found: BTreeMap<Utf8PathBuf, BTreeSet<String>> = BTreeMap::new();
    for project in snapshot.projects() {
        for (_, file) in project.files(snapshot.db()).list() {
            for resolved in model::query::resolved(snapshot.db(), *project, *file).iter() {
                if let Target::Missing(name) = &resolved.target {
                    found.entry(file.path(snapshot.db()).clone()).or_default().insert(name.to_string());
                }
            }
        }
    }
    found
}
