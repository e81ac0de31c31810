//! `dramatiq`.

use crate::{Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "dramatiq",
    imports: &["dramatiq"],
    kinds: &[("dramatiq", Kind::Tasks)],
    decorators: &[("dramatiq.actor", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
