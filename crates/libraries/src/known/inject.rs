//! `inject`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "inject",
    imports: &["inject"],
    kinds: &[("inject", Kind::Injection)],
    container_lookups: &["inject.instance"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
