//! `blacksheep`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "blacksheep",
    imports: &["blacksheep"],
    kinds: &[("blacksheep", Kind::Web)],
    wired_by_type: true,
    ..Library::UNKNOWN
};
