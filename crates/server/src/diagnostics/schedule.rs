//! What to check when. Publishing waits for a pause; edits never do.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

/// Other open documents are checked this long after a pause or another change.
const OPEN: Duration = Duration::from_millis(40);

/// Closed files are checked this long after the last pause or other change.
const CLOSED: Duration = Duration::from_millis(300);

/// What to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Due {
    /// These documents.
    Documents(BTreeSet<Utf8PathBuf>),
    /// All open documents.
    Open,
    /// All files.
    Everything,
}

/// What to check when.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    now: BTreeSet<Utf8PathBuf>,
    open: Option<Instant>,
    everything: Option<Instant>,
}

impl Schedule {
    /// Something changed; these documents were edited.
    pub(crate) fn changed(&mut self, edited: impl IntoIterator<Item = Utf8PathBuf>, now: Instant) {
        self.now.extend(edited);
        // Not postponed by further changes. While the user types it still waits for the pause.
        self.open.get_or_insert(now + OPEN);
        self.everything = Some(now + CLOSED);
    }

    /// The user types in these: the rest follows after a pause.
    pub(crate) fn typed(&mut self, edited: impl IntoIterator<Item = Utf8PathBuf>) {
        self.now.extend(edited);
    }

    /// Everything is to be checked again, at once.
    pub(crate) fn all(&mut self, now: Instant) {
        self.open = Some(now);
        self.everything = Some(now);
    }

    /// Checking was cancelled: try again.
    pub(crate) fn again(&mut self, due: Due, now: Instant) {
        match due {
            Due::Documents(paths) => self.now.extend(paths),
            Due::Open => drop(self.open.get_or_insert(now + OPEN)),
            Due::Everything => drop(self.everything.get_or_insert(now + CLOSED)),
        }
    }

    /// The time of the next check. While the user types, everything except the edited documents waits.
    pub(crate) fn next(&self, is_typing: bool, now: Instant) -> Option<Instant> {
        if !self.now.is_empty() {
            return Some(now);
        }
        if is_typing {
            return None;
        }
        self.open.into_iter().chain(self.everything).min()
    }

    /// What is due now, the most urgent first. While the user types, everything except the edited documents waits.
    pub(crate) fn take(&mut self, is_typing: bool, now: Instant) -> Option<Due> {
        let is_due = |at: &mut Option<Instant>| !is_typing && at.take_if(|at| *at <= now).is_some();
        if !self.now.is_empty() {
            Some(Due::Documents(std::mem::take(&mut self.now)))
        } else if is_due(&mut self.open) {
            Some(Due::Open)
        } else if is_due(&mut self.everything) {
            Some(Due::Everything)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edited_documents_come_first_and_the_rest_when_it_is_quiet() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        assert_eq!((schedule.next(false, now), schedule.take(false, now)), (None, None));
        schedule.changed(["/a.py".into(), "/b.py".into()], now);
        assert_eq!(schedule.take(false, now), Some(Due::Documents(["/a.py".into(), "/b.py".into()].into())));
        assert_eq!(schedule.take(false, now), None, "not yet");
        let open = schedule.next(false, now);
        schedule.changed([], now);
        assert_eq!(schedule.next(false, now), open, "another edit does not put the open documents off");
        schedule.all(now);
        assert_eq!(
            (schedule.next(true, now), schedule.take(true, now)),
            (None, None),
            "nothing while somebody types"
        );
        schedule.typed(["/a.py".into()]);
        assert_eq!(schedule.take(true, now), Some(Due::Documents(["/a.py".into()].into())));
        assert_eq!(
            [schedule.take(false, now), schedule.take(false, now), schedule.take(false, now)],
            [Some(Due::Open), Some(Due::Everything), None]
        );
    }
}
