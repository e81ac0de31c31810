//! `djangorestframework`.

use crate::{AtImport, ClassRole, Decorator, HttpName, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "djangorestframework",
    imports: &["rest_framework"],
    kinds: &[("rest_framework", Kind::Web)],
    bases: &[
        ("rest_framework", ClassRole::Http),
        ("rest_framework.exceptions", ClassRole::HttpError),
        ("rest_framework.generics", ClassRole::View),
        ("rest_framework.mixins", ClassRole::View),
        ("rest_framework.serializers", ClassRole::Serializer),
        ("rest_framework.views", ClassRole::View),
        ("rest_framework.viewsets", ClassRole::View),
    ],
    views: &["rest_framework.views.APIView"],
    calls: &[
        ("rest_framework.routers.DefaultRouter", Mark::Router),
        ("rest_framework.routers.SimpleRouter", Mark::Router),
    ],
    decorators: &[
        ("rest_framework.decorators.action", Decorator::Route),
        ("rest_framework.decorators.api_view", Decorator::Route),
    ],
    django_models: true,
    other_fields: &["rest_framework"],
    at_import: &[("rest_framework", AtImport::Configures)],
    http_modules: &[
        ("rest_framework.exceptions", HttpName::Error),
        ("rest_framework.request", HttpName::Message),
        ("rest_framework.response", HttpName::Message),
        ("rest_framework.status", HttpName::Status),
    ],
    http_names: &[("rest_framework", HttpName::Status, &["status"])],
    ..Library::UNKNOWN
};
