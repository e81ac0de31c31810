//! `boto3`.

use crate::{Client, Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "boto3",
    imports: &["boto3", "botocore", "mypy_boto3_"],
    kinds: &[("boto3", Kind::Cloud), ("botocore", Kind::Cloud)],
    namesakes: &["boto3", "s3"],
    calls: &[("boto3.client", Mark::Engine), ("boto3.resource", Mark::Engine)],
    clients: &[
        Client { maker: "boto3.client", class: "boto3.client", waits: false },
        Client { maker: "boto3.resource", class: "boto3.resource", waits: false },
    ],
    handles: &[
        ("boto3.Session", Handle::Client),
        ("boto3.client", Handle::Client),
        ("boto3.resource", Handle::Client),
        ("boto3.session.Session", Handle::Client),
    ],
    families: &[("mypy_boto3_", "Client", Handle::Client)],
    effects: &["boto3.client", "boto3.resource"],
    ..Library::UNKNOWN
};
