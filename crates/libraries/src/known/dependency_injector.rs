//! `dependency-injector`.

use crate::{ClassRole, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "dependency-injector",
    imports: &["dependency_injector"],
    kinds: &[("dependency_injector", Kind::Injection)],
    bases: &[("dependency_injector.containers", ClassRole::Container)],
    calls: &[
        ("dependency_injector.containers.DynamicContainer", Mark::Container),
        ("dependency_injector.providers.Factory", Mark::Container),
        ("dependency_injector.providers.Singleton", Mark::Container),
    ],
    container_bases: &[
        "dependency_injector.containers.DeclarativeContainer",
        "dependency_injector.containers.DynamicContainer",
    ],
    ..Library::UNKNOWN
};
