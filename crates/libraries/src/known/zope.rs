//! `zope.interface`.

use crate::{AtImport, ClassRole, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "zope.interface",
    imports: &["zope"],
    bases: &[("zope.interface.Interface", ClassRole::Protocol)],
    at_import: &[("zope.interface", AtImport::Configures)],
    ..Library::UNKNOWN
};
