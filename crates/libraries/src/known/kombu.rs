//! `kombu`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "kombu",
    imports: &["kombu"],
    kinds: &[("kombu", Kind::Broker)],
    handles: &[("kombu.Connection", Handle::Broker)],
    ..Library::UNKNOWN
};
