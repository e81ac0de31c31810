//! `pyramid`.

use crate::{ClassRole, Decorator, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pyramid",
    imports: &["pyramid"],
    kinds: &[("pyramid", Kind::Web)],
    class_decorators: &[("pyramid.view", ClassRole::View)],
    calls: &[("pyramid.config.Configurator", Mark::CreatesApp)],
    decorators: &[
        ("pyramid.view.forbidden_view_config", Decorator::Route),
        ("pyramid.view.notfound_view_config", Decorator::Route),
        ("pyramid.view.view_config", Decorator::Route),
        ("pyramid.view.view_defaults", Decorator::Route),
    ],
    http_modules: &[
        ("pyramid.httpexceptions", HttpName::Error),
        ("pyramid.request", HttpName::Message),
        ("pyramid.response", HttpName::Message),
    ],
    ..Library::UNKNOWN
};
