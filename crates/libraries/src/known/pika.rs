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
    gives: &[
        ("pika.BlockingConnection", "channel", "pika.adapters.blocking_connection.BlockingChannel"),
        ("pika.adapters.blocking_connection.BlockingChannel", "consume", "pika.consume"),
    ],
    makes: &[("pika.BlockingConnection", "pika.BlockingConnection")],
    streams: &["pika.consume"],
    ..Library::UNKNOWN
};
