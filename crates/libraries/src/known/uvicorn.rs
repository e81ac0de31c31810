//! `uvicorn`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "uvicorn",
    imports: &["uvicorn"],
    kinds: &[("uvicorn", Kind::Server)],
    namesakes: &["uvicorn"],
    calls: &[
        ("uvicorn.Config", Mark::RunsApp),
        ("uvicorn.Server", Mark::RunsApp),
        ("uvicorn.run", Mark::RunsApp),
    ],
    ..Library::UNKNOWN
};
