//! `connexion`.

use crate::{Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "connexion",
    imports: &["connexion"],
    kinds: &[("connexion", Kind::Web)],
    calls: &[("connexion.App", Mark::CreatesApp), ("connexion.FlaskApp", Mark::CreatesApp)],
    ..Library::UNKNOWN
};
