//! `rq`.

use crate::{Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "rq",
    imports: &["rq"],
    kinds: &[("rq", Kind::Tasks)],
    namesakes: &["rq"],
    decorators: &[("rq.job", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
