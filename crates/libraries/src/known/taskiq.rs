//! `taskiq`.

use crate::{AtImport, Decorator, Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "taskiq",
    imports: &["taskiq", "taskiq_aio_pika", "taskiq_fastapi", "taskiq_nats", "taskiq_redis"],
    kinds: &[
        ("taskiq", Kind::Tasks),
        ("taskiq_aio_pika", Kind::Tasks),
        ("taskiq_fastapi", Kind::Tasks),
        ("taskiq_nats", Kind::Tasks),
        ("taskiq_redis", Kind::Tasks),
    ],
    namesakes: &["taskiq"],
    calls: &[
        ("taskiq.InMemoryBroker", Mark::Engine),
        ("taskiq.ZeroMQBroker", Mark::Engine),
        ("taskiq_aio_pika.AioPikaBroker", Mark::Engine),
        ("taskiq_nats.NatsBroker", Mark::Engine),
        ("taskiq_nats.PullBasedJetStreamBroker", Mark::Engine),
        ("taskiq_redis.ListQueueBroker", Mark::Engine),
        ("taskiq_redis.PubSubBroker", Mark::Engine),
        ("taskiq_redis.RedisStreamBroker", Mark::Engine),
    ],
    decorators: &[("taskiq.async_shared_broker.task", Decorator::Mark(Mark::Task))],
    at_import: &[
        ("taskiq", AtImport::Configures),
        ("taskiq_aio_pika", AtImport::Configures),
        ("taskiq_redis", AtImport::Configures),
    ],
    handles: &[
        ("taskiq.InMemoryBroker", Handle::Broker),
        ("taskiq.ZeroMQBroker", Handle::Broker),
        ("taskiq_aio_pika.AioPikaBroker", Handle::Broker),
        ("taskiq_nats.NatsBroker", Handle::Broker),
        ("taskiq_nats.PullBasedJetStreamBroker", Handle::Broker),
        ("taskiq_redis.ListQueueBroker", Handle::Broker),
        ("taskiq_redis.PubSubBroker", Handle::Broker),
        ("taskiq_redis.RedisStreamBroker", Handle::Broker),
    ],
    ..Library::UNKNOWN
};
