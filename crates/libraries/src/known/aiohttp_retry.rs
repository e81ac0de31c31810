//! `aiohttp-retry`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiohttp-retry",
    imports: &["aiohttp_retry"],
    shared_clients: &["aiohttp_retry.RetryClient"],
    ..Library::UNKNOWN
};
