//! `stripe`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "stripe",
    imports: &["stripe"],
    kinds: &[("stripe", Kind::Service)],
    namesakes: &["stripe"],
    handles: &[("stripe.StripeClient", Handle::Client)],
    ..Library::UNKNOWN
};
