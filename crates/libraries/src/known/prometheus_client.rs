//! `prometheus-client`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "prometheus-client",
    imports: &["prometheus_client"],
    kinds: &[("prometheus_client", Kind::Monitoring)],
    namesakes: &["prometheus"],
    at_import: &[("prometheus_client", AtImport::Makes)],
    ..Library::UNKNOWN
};
