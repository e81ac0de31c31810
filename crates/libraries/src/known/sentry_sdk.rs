//! `sentry-sdk`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "sentry-sdk",
    imports: &["sentry_sdk"],
    kinds: &[("sentry_sdk", Kind::Monitoring)],
    namesakes: &["sentry", "sentry_sdk"],
    ..Library::UNKNOWN
};
