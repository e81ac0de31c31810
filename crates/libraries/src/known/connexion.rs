//! `connexion`.

use crate::{Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "connexion",
    imports: &["connexion"],
    kinds: &[("connexion", Kind::Web)],
    calls: &[("connexion.App", Mark::CreatesApp), ("connexion.FlaskApp", Mark::CreatesApp)],
    ..Library::UNKNOWN
};
