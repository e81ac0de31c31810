//! `aiokafka`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiokafka",
    imports: &["aiokafka"],
    kinds: &[("aiokafka", Kind::Broker)],
    handles: &[("aiokafka.AIOKafkaConsumer", Handle::Broker), ("aiokafka.AIOKafkaProducer", Handle::Broker)],
    ..Library::UNKNOWN
};
