//! `structlog`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "structlog",
    imports: &["structlog"],
    kinds: &[("structlog", Kind::Monitoring)],
    namesakes: &["structlog"],
    makes: &[
        ("structlog.getLogger", "structlog.BoundLogger"),
        ("structlog.get_logger", "structlog.BoundLogger"),
        ("structlog.stdlib.get_logger", "structlog.BoundLogger"),
    ],
    at_import: &[
        ("structlog.getLogger", AtImport::Makes),
        ("structlog.get_logger", AtImport::Makes),
        ("structlog.stdlib.get_logger", AtImport::Makes),
    ],
    ..Library::UNKNOWN
};
