//! `aioinject`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library =
    Library { distribution: "aioinject", imports: &["aioinject"], wired_by_type: true, ..Library::UNKNOWN };
