//! `opensearch-py`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "opensearch-py",
    imports: &["opensearchpy"],
    kinds: &[("opensearchpy", Kind::Driver)],
    namesakes: &["opensearch"],
    handles: &[("opensearchpy.OpenSearch", Handle::Client)],
    ..Library::UNKNOWN
};
