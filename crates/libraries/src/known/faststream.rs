//! `faststream`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "faststream",
    imports: &["faststream"],
    kinds: &[("faststream", Kind::Broker)],
    calls: &[("faststream.FastStream", Mark::CreatesApp)],
    ..Library::UNKNOWN
};
