//! `aiofiles`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiofiles",
    imports: &["aiofiles"],
    kinds: &[("aiofiles", Kind::Machine)],
    effects: &["aiofiles.open"],
    ..Library::UNKNOWN
};
