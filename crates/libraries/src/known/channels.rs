//! `channels`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "channels",
    imports: &["channels"],
    kinds: &[("channels", Kind::Web)],
    bases: &[("channels.consumer", ClassRole::View), ("channels.generic", ClassRole::View)],
    threads: &[("channels.db.database_sync_to_async", 0)],
    ..Library::UNKNOWN
};
