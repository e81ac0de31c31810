//! `anyio`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "anyio",
    imports: &["anyio"],
    threads: &[("anyio.to_thread.run_sync", 0)],
    ..Library::UNKNOWN
};
