//! `aiosmtplib`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiosmtplib",
    imports: &["aiosmtplib"],
    kinds: &[("aiosmtplib", Kind::Mail)],
    handles: &[("aiosmtplib.SMTP", Handle::Client)],
    ..Library::UNKNOWN
};
