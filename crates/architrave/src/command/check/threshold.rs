//! The level from which on findings are shown, and that from which on they fail the check.

use std::collections::BTreeMap;

use config::Level;
use workspace::Snapshot;

use crate::arguments::Check;
use crate::findings::Found;

/// Decides what is shown and what fails.
pub(super) struct Threshold<'a> {
    snapshot: &'a Snapshot,
    shown_from: Level,
    /// The command line overrides configurations.
    fail_on: Option<Level>,
    /// Failing findings are shown, unless the command line sets the level shown.
    shows_failing: bool,
}

impl<'a> Threshold<'a> {
    /// From the command line.
    pub(super) fn of(options: &Check, snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            shown_from: options.level.map_or(Level::Warning, Level::from),
            fail_on: options.fail_on.map(Level::from),
            shows_failing: options.level.is_none(),
        }
    }

    /// Whether this finding fails the check.
    pub(super) fn fails(&self, found: &Found) -> bool {
        match self.fail_on {
            Some(level) => found.own_level() >= level,
            None => fails_by_configuration(self.snapshot, found),
        }
    }

    /// Whether it is shown to people.
    pub(super) fn shows(&self, found: &Found) -> bool {
        found.own_level() >= self.shown_from || self.shows_failing && self.fails(found)
    }

    /// The number of findings not shown, by level.
    pub(super) fn quieter(&self, found: &[Found]) -> BTreeMap<Level, usize> {
        let mut counts = BTreeMap::new();
        for found in found.iter().filter(|found| !self.shows(found)) {
            *counts.entry(found.own_level()).or_default() += 1;
        }
        counts
    }
}

/// Whether a finding fails the check, according to the configuration of its file.
pub(crate) fn fails_by_configuration(snapshot: &Snapshot, found: &Found) -> bool {
    let db = snapshot.db();
    let path = found.file.path(db);
    match snapshot.project_of(path) {
        Some((project, _)) => project.configs(db).fails(path, found.own_level()),
        None => found.own_level() >= Level::Warning,
    }
}
