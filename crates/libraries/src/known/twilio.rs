//! `twilio`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "twilio",
    imports: &["twilio"],
    kinds: &[("twilio", Kind::Service)],
    namesakes: &["twilio"],
    handles: &[("twilio.rest.Client", Handle::Client)],
    ..Library::UNKNOWN
};
