//! `elasticsearch`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "elasticsearch",
    imports: &["elastic_transport", "elasticsearch"],
    kinds: &[("elastic_transport", Kind::Driver), ("elasticsearch", Kind::Driver)],
    namesakes: &["elasticsearch"],
    calls: &[
        ("elasticsearch.AsyncElasticsearch", Mark::Engine),
        ("elasticsearch.Elasticsearch", Mark::Engine),
    ],
    handles: &[
        ("elasticsearch.AsyncElasticsearch", Handle::Client),
        ("elasticsearch.Elasticsearch", Handle::Client),
    ],
    ..Library::UNKNOWN
};
