//! `elasticsearch-dsl`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "elasticsearch-dsl",
    imports: &["elasticsearch_dsl"],
    kinds: &[("elasticsearch_dsl", Kind::Orm)],
    bases: &[("elasticsearch_dsl.Document", ClassRole::OrmModel)],
    other_fields: &["elasticsearch_dsl"],
    ..Library::UNKNOWN
};
