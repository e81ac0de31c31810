//! `fastcrud`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "fastcrud",
    imports: &["fastcrud"],
    kinds: &[("fastcrud", Kind::Orm)],
    bases: &[("fastcrud.FastCRUD", ClassRole::Repository)],
    ..Library::UNKNOWN
};
