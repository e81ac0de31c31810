//! `djangorestframework`.

use crate::{AtImport, ClassRole, Decorator, HttpName, Kind, Library, LookedUp, Mark, Renders, When};

/// The description of the library.
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
    renders: &[
        ("rest_framework.pagination.LimitOffsetPagination", Renders::CountedPages),
        ("rest_framework.pagination.PageNumberPagination", Renders::CountedPages),
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
    looked_up: &[
        LookedUp {
            setting: "REST_FRAMEWORK",
            keys: &[
                "DEFAULT_AUTHENTICATION_CLASSES",
                "DEFAULT_CONTENT_NEGOTIATION_CLASS",
                "DEFAULT_METADATA_CLASS",
                "DEFAULT_PARSER_CLASSES",
                "DEFAULT_PERMISSION_CLASSES",
                "DEFAULT_RENDERER_CLASSES",
                "DEFAULT_THROTTLE_CLASSES",
                "DEFAULT_VERSIONING_CLASS",
            ],
            when: When::WhileLoading(&[
                "rest_framework.authtoken.views",
                "rest_framework.decorators",
                "rest_framework.generics",
                "rest_framework.routers",
                "rest_framework.schemas",
                "rest_framework.views",
                "rest_framework.viewsets",
            ]),
        },
        LookedUp {
            setting: "REST_FRAMEWORK",
            keys: &["DEFAULT_FILTER_BACKENDS", "DEFAULT_PAGINATION_CLASS"],
            when: When::WhileLoading(&["rest_framework.generics", "rest_framework.viewsets"]),
        },
        LookedUp {
            setting: "REST_FRAMEWORK",
            keys: &["TEST_REQUEST_RENDERER_CLASSES"],
            when: When::WhileLoading(&["rest_framework.test"]),
        },
    ],
    ..Library::UNKNOWN
};
