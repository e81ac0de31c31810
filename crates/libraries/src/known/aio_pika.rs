//! `aio-pika`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aio-pika",
    imports: &["aio_pika"],
    kinds: &[("aio_pika", Kind::Broker)],
    calls: &[("aio_pika.connect", Mark::Engine), ("aio_pika.connect_robust", Mark::Engine)],
    handles: &[("aio_pika.connect", Handle::Broker), ("aio_pika.connect_robust", Handle::Broker)],
    ..Library::UNKNOWN
};
