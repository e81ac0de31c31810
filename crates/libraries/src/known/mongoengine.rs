//! `mongoengine`.

use crate::{ClassRole, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "mongoengine",
    imports: &["mongoengine"],
    kinds: &[("mongoengine", Kind::Orm)],
    namesakes: &["mongoengine"],
    bases: &[("mongoengine", ClassRole::OrmModel)],
    calls: &[("mongoengine.connect", Mark::Engine)],
    other_fields: &["mongoengine"],
    ..Library::UNKNOWN
};
