//! `nats-py`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "nats-py",
    imports: &["nats"],
    kinds: &[("nats", Kind::Broker)],
    handles: &[("nats.connect", Handle::Broker)],
    gives: &[
        ("nats.connect", "subscribe", "nats.aio.subscription.Subscription"),
        ("nats.aio.client.Client", "subscribe", "nats.aio.subscription.Subscription"),
        ("nats.aio.subscription.Subscription", "messages", "nats.aio.subscription.Subscription.messages"),
    ],
    makes: &[("nats.connect", "nats.aio.client.Client")],
    streams: &["nats.aio.subscription.Subscription.messages"],
    ..Library::UNKNOWN
};
