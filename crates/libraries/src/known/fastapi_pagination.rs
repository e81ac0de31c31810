//! `fastapi-pagination`.

use crate::{Library, Renders};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "fastapi-pagination",
    imports: &["fastapi_pagination"],
    renders: &[
        ("fastapi_pagination.Page", Renders::Page),
        ("fastapi_pagination.LimitOffsetPage", Renders::Page),
        ("fastapi_pagination.cursor.CursorPage", Renders::Page),
        ("fastapi_pagination.default.Page", Renders::Page),
        ("fastapi_pagination.limit_offset.LimitOffsetPage", Renders::Page),
        ("fastapi_pagination.links.Page", Renders::Page),
        ("fastapi_pagination.links.LimitOffsetPage", Renders::Page),
        ("fastapi_pagination.customization.CustomizedPage", Renders::Page),
        ("fastapi_pagination.ext", Renders::Paginates),
    ],
    ..Library::UNKNOWN
};
