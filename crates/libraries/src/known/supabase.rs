//! `supabase`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "supabase",
    imports: &["supabase"],
    kinds: &[("supabase", Kind::Driver)],
    handles: &[("supabase.create_client", Handle::Client)],
    ..Library::UNKNOWN
};
