//! `kink`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "kink",
    imports: &["kink"],
    kinds: &[("kink", Kind::Injection)],
    containers: &["kink.Container"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
