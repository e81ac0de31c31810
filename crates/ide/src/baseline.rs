//! Editor support for the baseline: what accepting a finding adds, and which entries are obsolete after a save.
//!
//! Nothing is written here. The writer reads the file again first, since another window may have written it.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rules::baseline::Entry;
use view::Finding;
use workspace::Snapshot;

use crate::actions::{ActionData, Remedy};

/// Entries to add to or remove from one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries {
    /// The baseline's file, which need not exist yet.
    pub baseline: Utf8PathBuf,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// What accepting a finding adds. `None` if the finding is gone, or already accepted.
pub fn acceptance(snapshot: &Snapshot, data: &ActionData) -> Option<Entries> {
    let Remedy::Accept { rule, fingerprint } = &data.remedy else { return None };
    let (project, file) = snapshot.project_of(&data.path)?;
    let findings = snapshot.check(project, file);
    let finding =
        findings.iter().find(|finding| finding.rule == rule && finding.fingerprint.0 == *fingerprint)?;
    if snapshot.accepted(file, fingerprint).is_some() {
        return None;
    }
    entries(snapshot, &data.path, [finding])
}

/// What accepting all findings of a file adds. `None` if the file doesn't belong to a project; no entries if all its
/// findings are already accepted.
pub fn acceptance_of_file(snapshot: &Snapshot, path: &Utf8Path) -> Option<Entries> {
    let (project, file) = snapshot.project_of(path)?;
    let findings = snapshot.check(project, file);
    let is_new = |finding: &&Finding| snapshot.accepted(file, &finding.fingerprint.0).is_none();
    entries(snapshot, path, findings.iter().filter(is_new))
}

/// Findings of a file as entries of the baseline that is nearest to it.
fn entries<'f>(
    snapshot: &Snapshot,
    path: &Utf8Path,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Option<Entries> {
    let baseline = snapshot.place_of_baseline(path)?;
    let path = path.strip_prefix(baseline.parent()?).ok()?;
    let entries = findings.into_iter().map(|finding| Entry::of(path.as_str(), finding)).collect();
    Some(Entries { baseline, entries })
}

/// The entries that are obsolete, by baseline; those of files that are gone or can't be read stay.
///
/// Empty while one of the `open` documents differs from the disk or can't be parsed completely: a finding that is
/// missing then may come back when the document is saved, or as soon as the line is complete.
pub fn no_longer_found<'p>(
    snapshot: &Snapshot,
    open: impl IntoIterator<Item = &'p Utf8PathBuf>,
) -> Vec<Entries> {
    let is_settled = |path: &Utf8PathBuf| {
        let Some((_, file)) = snapshot.project_of(path) else { return true };
        snapshot.is_saved(file) && python::parse(snapshot.text(file).as_str()).is_whole()
    };
    if !open.into_iter().all(is_settled) {
        return Vec::new();
    }
    // Module names may start elsewhere for the opened folder than for the parent folder that the baseline was written
    // for: a finding that is missing here may exist there.
    let is_own = |folder: &Utf8PathBuf| {
        snapshot.projects().iter().any(|project| project.root(snapshot.db()) == folder)
    };
    let mut out = Vec::new();
    for accepted in snapshot.baselines().iter().filter(|accepted| is_own(&accepted.folder)) {
        let Ok(baseline) = &accepted.baseline else { continue };
        let mut entries = Vec::new();
        for of_file in baseline.entries().chunk_by(|a, b| a.path == b.path) {
            let path = accepted.folder.join(&of_file[0].path);
            let Some((project, file)) = snapshot.project_of(&path) else { continue };
            let counts = snapshot.baseline_of(&path).is_some_and(|nearest| nearest.path == accepted.path);
            if !counts || snapshot.problem(file).is_some() {
                continue;
            }
            let findings = snapshot.check(project, file);
            let found: BTreeSet<&str> =
                findings.iter().map(|finding| finding.fingerprint.0.as_str()).collect();
            entries
                .extend(of_file.iter().filter(|entry| !found.contains(entry.fingerprint.as_str())).cloned());
        }
        if !entries.is_empty() {
            out.push(Entries { baseline: accepted.path.clone(), entries });
        }
    }
    out
}

#[cfg(test)]
mod tests;
