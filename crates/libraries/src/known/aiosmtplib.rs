//! `aiosmtplib`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiosmtplib",
    imports: &["aiosmtplib"],
    kinds: &[("aiosmtplib", Kind::Mail)],
    handles: &[("aiosmtplib.SMTP", Handle::Client)],
    ..Library::UNKNOWN
};
