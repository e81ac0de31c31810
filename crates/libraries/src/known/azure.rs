//! Azure.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "",
    imports: &["azure"],
    kinds: &[("azure", Kind::Cloud)],
    families: &[("azure.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
