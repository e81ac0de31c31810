//! `pika`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pika",
    imports: &["pika"],
    kinds: &[("pika", Kind::Broker)],
    namesakes: &["rabbitmq"],
    calls: &[("pika.BlockingConnection", Mark::Engine)],
    handles: &[("pika.BlockingConnection", Handle::Broker)],
    ..Library::UNKNOWN
};
