//! The architecture for clients that draw it: what each was sent last, so that they are notified only of real changes.

use camino::{Utf8Path, Utf8PathBuf};
use ide::architecture::Architecture;
use rustc_hash::FxHashMap;
use workspace::{Failure, Snapshot};
use xxhash_rust::xxh3::xxh3_64;

/// The architecture was computed.
#[derive(Debug)]
pub(crate) enum Drawn {
    /// The client was answered with this one; `None` if it has to wait for the index.
    Answered(Utf8PathBuf, Option<Hash>),
    /// There was a pause after a change, and the architecture is now this one.
    Compared(Utf8PathBuf, Result<Option<Hash>, Failure>),
}

/// Identifies the contents of an architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hash(u64);

impl Hash {
    /// The hash of everything in it, including lines.
    pub(crate) fn of(architecture: &Architecture) -> Self {
        Self(xxh3_64(&serde_json::to_vec(architecture).unwrap_or_default()))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The client's last answers, by project folder. A client that was notified of a change gets no further notification
/// until it requests again: one that no longer draws costs nothing.
#[derive(Debug, Default)]
pub(crate) struct Drawings {
    pub(crate) answered: FxHashMap<Utf8PathBuf, Option<Hash>>,
}

/// The architecture of the opened folder at `root`; `None` if it is not one.
pub(crate) fn of_root(snapshot: &Snapshot, root: &Utf8Path) -> Option<Architecture> {
    let db = snapshot.db();
    let project = snapshot.projects().iter().find(|project| project.root(db) == root)?;
    Some(ide::architecture::architecture(snapshot, *project))
}
