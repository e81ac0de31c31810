//! `passlib`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "passlib",
    imports: &["passlib"],
    kinds: &[("passlib", Kind::Crypto)],
    at_import: &[("passlib.context.CryptContext", AtImport::Makes)],
    ..Library::UNKNOWN
};
