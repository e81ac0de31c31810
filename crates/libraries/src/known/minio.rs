//! `minio`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "minio",
    imports: &["minio"],
    kinds: &[("minio", Kind::Cloud)],
    handles: &[("minio.Minio", Handle::Client)],
    ..Library::UNKNOWN
};
