//! `huey`.

use crate::{Decorator, Entry, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "huey",
    imports: &["huey"],
    kinds: &[("huey", Kind::Tasks)],
    entries: &[
        ("huey.contrib.djhuey.db_periodic_task", Entry::Schedule),
        ("huey.contrib.djhuey.periodic_task", Entry::Schedule),
    ],
    decorators: &[("huey.contrib.djhuey.task", Decorator::Mark(Mark::Task))],
    ..Library::UNKNOWN
};
