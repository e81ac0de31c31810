//! `diator`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library =
    Library { distribution: "diator", imports: &["diator"], wired_by_type: true, ..Library::UNKNOWN };
