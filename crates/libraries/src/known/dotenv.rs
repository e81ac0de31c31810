//! `python-dotenv`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "python-dotenv",
    imports: &["dotenv"],
    kinds: &[("dotenv", Kind::Settings)],
    calls: &[("dotenv.load_dotenv", Mark::ReadsEnvironment)],
    ..Library::UNKNOWN
};
