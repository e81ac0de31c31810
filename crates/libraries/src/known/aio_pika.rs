//! `aio-pika`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aio-pika",
    imports: &["aio_pika"],
    kinds: &[("aio_pika", Kind::Broker)],
    calls: &[("aio_pika.connect", Mark::Engine), ("aio_pika.connect_robust", Mark::Engine)],
    handles: &[("aio_pika.connect", Handle::Broker), ("aio_pika.connect_robust", Handle::Broker)],
    gives: &[
        ("aio_pika.Queue", "iterator", "aio_pika.queue.QueueIterator"),
        ("aio_pika.RobustQueue", "iterator", "aio_pika.queue.QueueIterator"),
        ("aio_pika.abc.AbstractQueue", "iterator", "aio_pika.queue.QueueIterator"),
        ("aio_pika.abc.AbstractRobustQueue", "iterator", "aio_pika.queue.QueueIterator"),
        ("aio_pika.queue.Queue", "iterator", "aio_pika.queue.QueueIterator"),
        ("aio_pika.connect", "channel", "aio_pika.Channel"),
        ("aio_pika.connect_robust", "channel", "aio_pika.Channel"),
        ("aio_pika.Channel", "declare_queue", "aio_pika.Queue"),
        ("aio_pika.Channel", "get_queue", "aio_pika.Queue"),
    ],
    makes: &[
        ("aio_pika.connect", "aio_pika.connect"),
        ("aio_pika.connect_robust", "aio_pika.connect_robust"),
    ],
    streams: &["aio_pika.queue.QueueIterator"],
    ..Library::UNKNOWN
};
