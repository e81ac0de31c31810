//! `meilisearch`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "meilisearch",
    imports: &["meilisearch"],
    kinds: &[("meilisearch", Kind::Driver)],
    handles: &[("meilisearch.Client", Handle::Client)],
    ..Library::UNKNOWN
};
