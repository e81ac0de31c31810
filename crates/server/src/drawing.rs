//! The architecture as clients draw it: what each was sent last, so that they hear of real changes alone.

use camino::{Utf8Path, Utf8PathBuf};
use ide::architecture::Architecture;
use rustc_hash::FxHashMap;
use workspace::{Failure, Snapshot};
use xxhash_rust::xxh3::xxh3_64;

/// The architecture was computed.
#[derive(Debug)]
pub(crate) enum Drawn {
    /// The client was answered with this one; nothing where it has to wait for the index.
    Answered(Utf8PathBuf, Option<Hash>),
    /// It is quiet after a change, and the architecture is now this one.
    Compared(Utf8PathBuf, Result<Option<Hash>, Failure>),
}

/// Names the contents of an architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hash(u64);

impl Hash {
    /// Of all that is said, lines included.
    pub(crate) fn of(architecture: &Architecture) -> Self {
        Self(xxh3_64(&serde_json::to_vec(architecture).unwrap_or_default()))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What the client was answered, by the project's folder. A client that was notified of a change is left alone until it
/// asks again: one that draws no longer costs nothing.
#[derive(Debug, Default)]
pub(crate) struct Drawings {
    pub(crate) answered: FxHashMap<Utf8PathBuf, Option<Hash>>,
}

/// The architecture of the opened folder at `root`; nothing where it is none.
pub(crate) fn of_root(snapshot: &Snapshot, root: &Utf8Path) -> Option<Architecture> {
    let db = snapshot.db();
    let project = snapshot.projects().iter().find(|project| project.root(db) == root)?;
    Some(ide::architecture::architecture(snapshot, *project))
}
