//! `anydi`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library =
    Library { distribution: "anydi", imports: &["anydi"], wired_by_type: true, ..Library::UNKNOWN };
