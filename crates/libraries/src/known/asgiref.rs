//! `asgiref`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "asgiref",
    imports: &["asgiref"],
    kinds: &[("asgiref", Kind::Web), ("asgiref.sync", Kind::Harmless)],
    is_composite: true,
    threads: &[("asgiref.sync.sync_to_async", 0)],
    ..Library::UNKNOWN
};
