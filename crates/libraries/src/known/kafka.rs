//! `kafka-python`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "kafka-python",
    imports: &["kafka"],
    kinds: &[("kafka", Kind::Broker)],
    namesakes: &["kafka"],
    handles: &[("kafka.KafkaConsumer", Handle::Broker), ("kafka.KafkaProducer", Handle::Broker)],
    streams: &["kafka.KafkaConsumer"],
    ..Library::UNKNOWN
};
