//! `azure`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "azure",
    imports: &["azure"],
    kinds: &[("azure", Kind::Service)],
    families: &[("azure.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
