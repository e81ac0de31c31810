//! `grpcio`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "grpcio",
    imports: &["grpc"],
    kinds: &[("grpc", Kind::Client)],
    namesakes: &["grpc"],
    handles: &[
        ("grpc.aio.insecure_channel", Handle::Client),
        ("grpc.insecure_channel", Handle::Client),
        ("grpc.secure_channel", Handle::Client),
    ],
    ..Library::UNKNOWN
};
