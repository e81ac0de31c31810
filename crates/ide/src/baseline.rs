//! The baseline from within an editor: what accepting a finding writes, and which entries a save has made untrue.
//!
//! Nothing is written here. Whoever writes reads the file again first, since another window may have written it.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rules::baseline::Entry;
use view::Finding;
use workspace::Snapshot;

use crate::actions::{ActionData, Remedy};

/// Entries that go into or out of one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries {
    /// The baseline's file; nothing need lie there yet.
    pub baseline: Utf8PathBuf,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// What accepting a finding adds. Nothing where the finding is gone, or is accepted already.
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

/// What accepting all findings of a file adds. Nothing where the file is not one of a project; no entries where it has no
/// findings but accepted ones.
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

/// The entries that hold no longer, by baseline; those of files that are gone or can't be read stay.
///
/// Nothing is told while one of the documents that are `open` differs from the disk or can't be parsed whole: what
/// isn't found then may be found again when it is saved, or as soon as the line is written to its end.
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
    // Names of modules may begin elsewhere for the opened folder than for the one above that the baseline was written
    // for: what isn't found from here may well be found from there.
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
