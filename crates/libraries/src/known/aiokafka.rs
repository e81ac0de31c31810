//! `aiokafka`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiokafka",
    imports: &["aiokafka"],
    kinds: &[("aiokafka", Kind::Broker)],
    handles: &[("aiokafka.AIOKafkaConsumer", Handle::Broker), ("aiokafka.AIOKafkaProducer", Handle::Broker)],
    streams: &["aiokafka.AIOKafkaConsumer"],
    ..Library::UNKNOWN
};
