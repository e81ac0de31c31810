//! `nats-py`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "nats-py",
    imports: &["nats"],
    kinds: &[("nats", Kind::Broker)],
    handles: &[("nats.connect", Handle::Broker)],
    ..Library::UNKNOWN
};
