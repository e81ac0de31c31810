//! `dishka`.

use crate::{ClassRole, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "dishka",
    imports: &["dishka"],
    kinds: &[("dishka", Kind::Injection)],
    namesakes: &["dishka"],
    bases: &[("dishka.Provider", ClassRole::Container)],
    calls: &[("dishka.make_async_container", Mark::Container), ("dishka.make_container", Mark::Container)],
    ..Library::UNKNOWN
};
