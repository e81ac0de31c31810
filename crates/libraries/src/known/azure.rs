//! Azure.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "",
    imports: &["azure"],
    kinds: &[("azure", Kind::Cloud)],
    families: &[("azure.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
