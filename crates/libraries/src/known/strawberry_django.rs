//! `strawberry-graphql-django`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "strawberry-graphql-django",
    imports: &["strawberry_django"],
    kinds: &[("strawberry_django", Kind::GraphQl)],
    class_decorators: &[("strawberry_django", ClassRole::GraphQl)],
    ..Library::UNKNOWN
};
