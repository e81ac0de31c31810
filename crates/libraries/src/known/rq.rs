//! `rq`.

use crate::{Decorator, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "rq",
    imports: &["rq"],
    kinds: &[("rq", Kind::Tasks)],
    namesakes: &["rq"],
    decorators: &[("rq.job", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
