//! `pika`.

use crate::{Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pika",
    imports: &["pika"],
    kinds: &[("pika", Kind::Broker)],
    namesakes: &["rabbitmq"],
    calls: &[("pika.BlockingConnection", Mark::Engine)],
    handles: &[("pika.BlockingConnection", Handle::Broker)],
    ..Library::UNKNOWN
};
