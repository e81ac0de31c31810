//! `blacksheep`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "blacksheep",
    imports: &["blacksheep"],
    kinds: &[("blacksheep", Kind::Web)],
    wired_by_type: true,
    ..Library::UNKNOWN
};
