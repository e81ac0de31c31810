//! `sendgrid`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "sendgrid",
    imports: &["sendgrid"],
    kinds: &[("sendgrid", Kind::Service)],
    namesakes: &["sendgrid"],
    handles: &[("sendgrid.SendGridAPIClient", Handle::Client)],
    ..Library::UNKNOWN
};
