//! `rodi`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "rodi",
    imports: &["rodi"],
    kinds: &[("rodi", Kind::Injection)],
    containers: &["rodi.Services"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
