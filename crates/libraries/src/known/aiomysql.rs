//! `aiomysql`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiomysql",
    imports: &["aiomysql"],
    kinds: &[("aiomysql", Kind::Driver)],
    handles: &[("aiomysql.connect", Handle::Session), ("aiomysql.create_pool", Handle::Session)],
    ..Library::UNKNOWN
};
