//! `diator`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library =
    Library { distribution: "diator", imports: &["diator"], wired_by_type: true, ..Library::UNKNOWN };
