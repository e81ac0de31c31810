//! `stripe`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "stripe",
    imports: &["stripe"],
    kinds: &[("stripe", Kind::Service)],
    namesakes: &["stripe"],
    handles: &[("stripe.StripeClient", Handle::Client)],
    ..Library::UNKNOWN
};
