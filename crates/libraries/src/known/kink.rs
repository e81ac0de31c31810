//! `kink`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "kink",
    imports: &["kink"],
    kinds: &[("kink", Kind::Injection)],
    containers: &["kink.Container"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
