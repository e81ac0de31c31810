//! `aioinject`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library =
    Library { distribution: "aioinject", imports: &["aioinject"], wired_by_type: true, ..Library::UNKNOWN };
