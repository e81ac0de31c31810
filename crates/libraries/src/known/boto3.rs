//! `boto3`.

use crate::{Client, Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "boto3",
    imports: &["boto3", "botocore", "mypy_boto3_"],
    kinds: &[("boto3", Kind::Cloud), ("botocore", Kind::Cloud)],
    namesakes: &["boto3", "s3"],
    calls: &[("boto3.client", Mark::Engine), ("boto3.resource", Mark::Engine)],
    clients: &[
        Client { maker: "boto3.client", class: "boto3.client", waits: false },
        Client { maker: "boto3.resource", class: "boto3.resource", waits: false },
        Client { maker: "boto3.Session", class: "boto3.Session", waits: false },
        Client { maker: "boto3.session.Session", class: "boto3.Session", waits: false },
    ],
    gives: &[
        ("boto3.Session", "client", "boto3.client"),
        ("boto3.Session", "resource", "boto3.resource"),
        ("boto3.resource", "Table", "boto3.resource.Table"),
        ("boto3.resource", "Bucket", "boto3.resource.Bucket"),
        ("boto3.resource", "Object", "boto3.resource.Object"),
        ("boto3.resource", "Queue", "boto3.resource.Queue"),
    ],
    client_methods: &[
        (
            "boto3.resource.Table",
            &["delete_item", "get_item", "load", "put_item", "query", "scan", "update_item"],
        ),
        (
            "boto3.resource.Bucket",
            &[
                "create",
                "delete",
                "download_file",
                "download_fileobj",
                "put_object",
                "upload_file",
                "upload_fileobj",
            ],
        ),
        (
            "boto3.resource.Object",
            &[
                "copy_from",
                "delete",
                "download_file",
                "download_fileobj",
                "get",
                "load",
                "put",
                "upload_file",
                "upload_fileobj",
            ],
        ),
        ("boto3.resource.Queue", &["delete_messages", "receive_messages", "send_message", "send_messages"]),
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
