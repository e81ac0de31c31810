//! `nats-py`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "nats-py",
    imports: &["nats"],
    kinds: &[("nats", Kind::Broker)],
    handles: &[("nats.connect", Handle::Broker)],
    ..Library::UNKNOWN
};
