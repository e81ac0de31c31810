//! `asgiref`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "asgiref",
    imports: &["asgiref"],
    kinds: &[("asgiref", Kind::Web), ("asgiref.sync", Kind::Harmless)],
    is_composite: true,
    ..Library::UNKNOWN
};
