//! `aioboto3`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aioboto3",
    imports: &["aioboto3"],
    kinds: &[("aioboto3", Kind::Cloud)],
    handles: &[("aioboto3.Session", Handle::Client)],
    ..Library::UNKNOWN
};
