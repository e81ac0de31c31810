//! `injector`.

use crate::{ClassRole, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "injector",
    imports: &["injector"],
    kinds: &[("injector", Kind::Injection)],
    bases: &[("injector.Module", ClassRole::Container)],
    calls: &[("injector.Injector", Mark::Container)],
    containers: &["injector.Injector"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
