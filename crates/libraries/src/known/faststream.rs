//! `faststream`.

use crate::{Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "faststream",
    imports: &["faststream"],
    kinds: &[("faststream", Kind::Broker)],
    calls: &[("faststream.FastStream", Mark::CreatesApp)],
    ..Library::UNKNOWN
};
