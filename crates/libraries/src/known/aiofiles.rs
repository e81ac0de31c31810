//! `aiofiles`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiofiles",
    imports: &["aiofiles"],
    kinds: &[("aiofiles", Kind::Machine)],
    effects: &["aiofiles.open"],
    ..Library::UNKNOWN
};
