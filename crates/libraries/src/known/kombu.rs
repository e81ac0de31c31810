//! `kombu`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "kombu",
    imports: &["kombu"],
    kinds: &[("kombu", Kind::Broker)],
    handles: &[("kombu.Connection", Handle::Broker)],
    ..Library::UNKNOWN
};
