//! The state of the baseline: how many findings it accepts, which of its entries are obsolete, what is new.
//!
//! Obsolete entries are removed, so that what was fixed can't come back unnoticed. In CI, where the file wouldn't be
//! committed, that is an error: a baseline with obsolete entries is a place for new findings to hide.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use camino::Utf8Path;
use rules::baseline::Entry;
use source::Patience;
use workspace::{Accepted, Snapshot};

use super::threshold::Threshold;
use crate::findings::Found;
use crate::output::json;
use crate::project::Loaded;

/// Limit on the entries named.
const NAMED: usize = 20;

/// The findings compared with the baselines that apply.
pub(crate) struct Trend {
    /// Accepted findings.
    accepted: usize,
    /// Findings that aren't accepted and that fail the check.
    new: usize,
    /// Obsolete entries, by baseline.
    gone: Vec<(Arc<Accepted>, Vec<Entry>)>,
    /// The path of the baseline nearest to the root, for reports.
    path: String,
}

impl Trend {
    fn fixed(&self) -> usize {
        self.gone.iter().map(|(_, entries)| entries.len()).sum()
    }

    pub(crate) fn as_json(&self) -> json::Baseline {
        json::Baseline {
            path: self.path.clone(),
            accepted: self.accepted,
            fixed: self.fixed(),
            new: self.new,
        }
    }
}

/// `None` if there is no baseline. Entries of files that were not checked, or could not be read, are kept.
pub(crate) fn trend(
    loaded: &Loaded,
    snapshot: &Snapshot,
    found: &[Found],
    threshold: &Threshold<'_>,
    is_wanted: impl Fn(&Utf8Path) -> bool,
) -> Option<Trend> {
    let nearest = snapshot.baselines().last()?;
    let mut holding: BTreeSet<(&Utf8Path, &str, &str)> = BTreeSet::new();
    let mut accepted = 0;
    let mut new = 0;
    for it in found {
        let Found { file, diagnostic } = it;
        let path = file.path(snapshot.db());
        let entry = snapshot.accepted(*file, &diagnostic.fingerprint.0);
        if let (Some(entry), Some(of)) = (entry, snapshot.baseline_of(path)) {
            holding.insert((&of.path, &entry.path, &entry.fingerprint));
            accepted += 1;
        } else {
            new += usize::from(threshold.fails(it));
        }
    }
    let unreadable: BTreeSet<_> = snapshot
        .projects()
        .iter()
        .flat_map(|project| {
            let root = project.root(snapshot.db());
            snapshot.unreadable(*project).into_iter().map(|(path, _)| root.join(path))
        })
        .collect();
    let mut gone = Vec::new();
    for of in snapshot.baselines().iter() {
        let Ok(baseline) = &of.baseline else { continue };
        let no_longer = baseline.entries().iter().filter(|entry| {
            let path = of.folder.join(&entry.path);
            is_wanted(&path)
                && !unreadable.contains(&path)
                && !holding.contains(&(of.path.as_path(), entry.path.as_str(), entry.fingerprint.as_str()))
        });
        let no_longer: Vec<Entry> = no_longer.cloned().collect();
        if !no_longer.is_empty() {
            gone.push((Arc::clone(of), no_longer));
        }
    }
    let path = loaded.relative(&nearest.path).to_owned();
    Some(Trend { accepted, new, gone, path })
}

/// Reports the state to `err`, and removes obsolete entries: with `is_locked` they stay, and the result is `true` if there are
/// any.
///
/// # Errors
/// If a file can't be written.
pub(crate) fn settle(
    loaded: &Loaded,
    snapshot: &Snapshot,
    trend: &Trend,
    is_locked: bool,
    err: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut is_stale = false;
    for (of, entries) in &trend.gone {
        let file = loaded.relative(&of.path);
        // Module names may start elsewhere for a folder than for the project around it: a finding that is missing here
        // may exist there.
        let is_own = of.folder == loaded.root;
        let (verb, what_to_do) = match (is_own, is_locked) {
            (true, true) => {
                is_stale = true;
                (
                    "error",
                    format!("run `architrave check` where you work and commit {file}, which can only shrink"),
                )
            }
            (true, false) => ("note", format!("taken out of {file}")),
            (false, _) => ("note", format!("`architrave check` in {} takes them out of {file}", of.folder)),
        };
        for entry in entries.iter().take(NAMED) {
            writeln!(err, "no longer found: {} [{}] {}", entry.path, entry.rule, entry.message)?;
        }
        if entries.len() > NAMED {
            writeln!(err, "no longer found: {} more", entries.len() - NAMED)?;
        }
        writeln!(err, "{verb}: {what_to_do}")?;
        if is_own && !is_locked {
            snapshot.rewrite_baseline(&of.path, Patience::Long, |now| {
                Some(now?.without(|entry| entries.contains(entry)))
            })?;
        }
    }
    writeln!(err, "baseline: {} accepted, {} fixed since, {} new", trend.accepted, trend.fixed(), trend.new)?;
    Ok(is_stale)
}
