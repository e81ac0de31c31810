//! `zope.interface`.

use crate::{AtImport, ClassRole, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "zope.interface",
    imports: &["zope"],
    bases: &[("zope.interface.Interface", ClassRole::Protocol)],
    at_import: &[("zope.interface", AtImport::Configures)],
    ..Library::UNKNOWN
};
