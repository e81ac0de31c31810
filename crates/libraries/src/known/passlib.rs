//! `passlib`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "passlib",
    imports: &["passlib"],
    kinds: &[("passlib", Kind::Crypto)],
    at_import: &[("passlib.context.CryptContext", AtImport::Makes)],
    ..Library::UNKNOWN
};
