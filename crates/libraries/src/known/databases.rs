//! `databases`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "databases",
    imports: &["databases"],
    kinds: &[("databases", Kind::Driver)],
    calls: &[("databases.Database", Mark::Engine)],
    queries: &[("databases.Database", &["execute", "execute_many", "fetch_all", "fetch_one", "fetch_val"])],
    ..Library::UNKNOWN
};
