//! `zeep`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "zeep",
    imports: &["zeep"],
    kinds: &[("zeep", Kind::Client)],
    families: &[("zeep.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
