//! `sentry-sdk`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "sentry-sdk",
    imports: &["sentry_sdk"],
    kinds: &[("sentry_sdk", Kind::Monitoring)],
    namesakes: &["sentry", "sentry_sdk"],
    ..Library::UNKNOWN
};
