//! `that-depends`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "that-depends",
    imports: &["that_depends"],
    containers: &["that_depends.BaseContainer"],
    container_bases: &["that_depends.BaseContainer"],
    ..Library::UNKNOWN
};
