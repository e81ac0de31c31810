//! `strawberry-graphql`.

use crate::{AtImport, ClassRole, Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "strawberry-graphql",
    imports: &["strawberry"],
    kinds: &[("strawberry", Kind::GraphQl)],
    namesakes: &["strawberry"],
    bases: &[("strawberry", ClassRole::GraphQl)],
    class_decorators: &[("strawberry", ClassRole::GraphQl)],
    calls: &[("strawberry.Schema", Mark::GraphQl), ("strawberry.fastapi.GraphQLRouter", Mark::Router)],
    decorators: &[
        ("strawberry.field", Decorator::Mark(Mark::GraphQl)),
        ("strawberry.mutation", Decorator::Mark(Mark::GraphQl)),
    ],
    other_fields: &["strawberry"],
    at_import: &[("strawberry", AtImport::Configures)],
    ..Library::UNKNOWN
};
