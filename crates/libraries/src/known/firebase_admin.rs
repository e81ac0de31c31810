//! `firebase-admin`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "firebase-admin",
    imports: &["firebase_admin"],
    kinds: &[("firebase_admin", Kind::Cloud)],
    namesakes: &["firebase"],
    ..Library::UNKNOWN
};
