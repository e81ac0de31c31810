//! `APIFlask`.

use crate::{Library, Renders};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "APIFlask",
    imports: &["apiflask"],
    renders: &[
        ("apiflask.APIFlask.output", Renders::Returned(0, "schema")),
        ("apiflask.APIBlueprint.output", Renders::Returned(0, "schema")),
    ],
    ..Library::UNKNOWN
};
