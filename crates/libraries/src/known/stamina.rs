//! `stamina`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "stamina",
    imports: &["stamina"],
    transparent: &["stamina.retry"],
    ..Library::UNKNOWN
};
