//! `rodi`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "rodi",
    imports: &["rodi"],
    kinds: &[("rodi", Kind::Injection)],
    containers: &["rodi.Container", "rodi.Services"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
