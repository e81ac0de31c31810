//! `confluent-kafka`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "confluent-kafka",
    imports: &["confluent_kafka"],
    kinds: &[("confluent_kafka", Kind::Broker)],
    handles: &[("confluent_kafka.Consumer", Handle::Broker), ("confluent_kafka.Producer", Handle::Broker)],
    ..Library::UNKNOWN
};
