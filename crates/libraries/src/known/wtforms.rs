//! `WTForms`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "WTForms",
    imports: &["wtforms"],
    kinds: &[("wtforms", Kind::Web)],
    bases: &[("wtforms", ClassRole::Form)],
    other_fields: &["wtforms"],
    at_import: &[("wtforms", AtImport::Configures)],
    ..Library::UNKNOWN
};
