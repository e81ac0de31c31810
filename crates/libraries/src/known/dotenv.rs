//! `python-dotenv`.

use crate::{Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "python-dotenv",
    imports: &["dotenv"],
    kinds: &[("dotenv", Kind::Settings)],
    calls: &[("dotenv.load_dotenv", Mark::ReadsEnvironment)],
    ..Library::UNKNOWN
};
