//! `Werkzeug`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Werkzeug",
    imports: &["werkzeug"],
    kinds: &[("werkzeug", Kind::Web), ("werkzeug.security", Kind::Crypto)],
    bases: &[("werkzeug.exceptions", ClassRole::HttpError)],
    calls: &[("werkzeug.exceptions.abort", Mark::HttpError)],
    at_import: &[
        ("werkzeug.datastructures", AtImport::Container),
        ("werkzeug.exceptions", AtImport::Pure),
        ("werkzeug.local", AtImport::Makes),
        ("werkzeug.security", AtImport::Pure),
    ],
    http_modules: &[("werkzeug.exceptions", HttpName::Error), ("werkzeug.wrappers", HttpName::Message)],
    http_names: &[
        ("werkzeug", HttpName::Message, &["Request", "Response"]),
        ("werkzeug.datastructures", HttpName::Message, &["FileStorage"]),
    ],
    ..Library::UNKNOWN
};
