//! `lagom`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "lagom",
    imports: &["lagom"],
    kinds: &[("lagom", Kind::Injection)],
    calls: &[("lagom.Container", Mark::Container)],
    containers: &["lagom.Container", "lagom.container.Container"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
