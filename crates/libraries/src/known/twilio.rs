//! `twilio`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "twilio",
    imports: &["twilio"],
    kinds: &[("twilio", Kind::Service)],
    namesakes: &["twilio"],
    handles: &[("twilio.rest.Client", Handle::Client)],
    ..Library::UNKNOWN
};
