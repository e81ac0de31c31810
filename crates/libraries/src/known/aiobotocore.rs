//! `aiobotocore`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiobotocore",
    imports: &["aiobotocore", "types_aiobotocore_"],
    kinds: &[("aiobotocore", Kind::Cloud)],
    families: &[("types_aiobotocore_", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
