//! `databases`.

use crate::{Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "databases",
    imports: &["databases"],
    kinds: &[("databases", Kind::Driver)],
    calls: &[("databases.Database", Mark::Engine)],
    ..Library::UNKNOWN
};
