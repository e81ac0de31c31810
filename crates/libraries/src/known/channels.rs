//! `channels`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "channels",
    imports: &["channels"],
    kinds: &[("channels", Kind::Web)],
    bases: &[("channels.consumer", ClassRole::View), ("channels.generic", ClassRole::View)],
    ..Library::UNKNOWN
};
