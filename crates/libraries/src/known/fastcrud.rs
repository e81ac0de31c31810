//! `fastcrud`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "fastcrud",
    imports: &["fastcrud"],
    kinds: &[("fastcrud", Kind::Orm)],
    bases: &[("fastcrud.FastCRUD", ClassRole::Repository)],
    ..Library::UNKNOWN
};
