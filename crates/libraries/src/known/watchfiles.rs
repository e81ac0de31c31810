//! `watchfiles`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "watchfiles",
    imports: &["watchfiles"],
    makes: &[("watchfiles.awatch", "watchfiles.awatch"), ("watchfiles.watch", "watchfiles.watch")],
    streams: &["watchfiles.awatch", "watchfiles.watch"],
    ..Library::UNKNOWN
};
