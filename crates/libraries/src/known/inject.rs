//! `inject`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "inject",
    imports: &["inject"],
    kinds: &[("inject", Kind::Injection)],
    container_lookups: &["inject.instance"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
