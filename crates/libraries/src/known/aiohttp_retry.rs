//! `aiohttp-retry`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiohttp-retry",
    imports: &["aiohttp_retry"],
    shared_clients: &["aiohttp_retry.RetryClient"],
    ..Library::UNKNOWN
};
