//! `huey`.

use crate::{Decorator, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "huey",
    imports: &["huey"],
    kinds: &[("huey", Kind::Tasks)],
    decorators: &[("huey.contrib.djhuey.task", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
