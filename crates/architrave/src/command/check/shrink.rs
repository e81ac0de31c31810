//! What has become of the baseline: how many findings it accepts, which of its entries no longer hold, what is new.
//!
//! Entries that no longer hold are taken out, so that what was fixed can't come back unseen. Where nobody would commit
//! the file that is an error: a baseline that isn't shrunk when it could be is a place for a new finding to hide.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;

use camino::Utf8Path;
use rules::baseline::Entry;
use source::Patience;
use workspace::{Accepted, Snapshot};

use super::threshold::Threshold;
use crate::findings::Found;
use crate::output::json;
use crate::project::Loaded;

/// So many entries are named.
const NAMED: usize = 20;

/// How the findings stand to the baselines that count.
pub(crate) struct Trend {
    /// Findings that are accepted.
    accepted: usize,
    /// Findings that aren't and that fail the check.
    new: usize,
    /// Entries that hold no longer, by baseline.
    gone: Vec<(Arc<Accepted>, Vec<Entry>)>,
    /// The path of the baseline that lies nearest to the root, for reports.
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

/// Nothing where there is no baseline. Entries of files that were not looked at, or could not be read, hold.
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

/// Says how it went, and takes out what no longer holds: with `is_locked` it stays, and `true` comes back if there is
/// any.
///
/// # Errors
/// A file that can't be written.
pub(crate) fn settle(
    loaded: &Loaded,
    snapshot: &Snapshot,
    trend: &Trend,
    is_locked: bool,
) -> anyhow::Result<bool> {
    let mut err = std::io::stderr().lock();
    let mut is_stale = false;
    for (of, entries) in &trend.gone {
        let file = loaded.relative(&of.path);
        // Names of modules may begin elsewhere for a folder than for the project around it: what isn't found from here
        // may well be found from there.
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
