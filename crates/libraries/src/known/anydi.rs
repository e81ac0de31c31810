//! `anydi`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library =
    Library { distribution: "anydi", imports: &["anydi"], wired_by_type: true, ..Library::UNKNOWN };
