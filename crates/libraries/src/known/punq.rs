//! `punq`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "punq",
    imports: &["punq"],
    kinds: &[("punq", Kind::Injection)],
    calls: &[("punq.Container", Mark::Container)],
    containers: &["punq.Container"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
