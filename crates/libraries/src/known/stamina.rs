//! `stamina`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "stamina",
    imports: &["stamina"],
    transparent: &["stamina.retry"],
    ..Library::UNKNOWN
};
