//! `dramatiq`.

use crate::{Decorator, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "dramatiq",
    imports: &["dramatiq"],
    kinds: &[("dramatiq", Kind::Tasks)],
    decorators: &[("dramatiq.actor", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
