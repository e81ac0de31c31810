//! `pydantic`.

use crate::{AtImport, ClassRole, Kind, Library, Renders};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pydantic",
    imports: &["pydantic", "pydantic_core", "pydantic_extra_types"],
    kinds: &[
        ("pydantic", Kind::Schema),
        ("pydantic.BaseSettings", Kind::Settings),
        ("pydantic_core", Kind::Schema),
        ("pydantic_extra_types", Kind::Schema),
    ],
    modules: &[("pydantic.main", "pydantic")],
    namesakes: &["pydantic"],
    bases: &[
        ("pydantic.BaseModel", ClassRole::Schema),
        ("pydantic.BaseSettings", ClassRole::Settings),
        ("pydantic.RootModel", ClassRole::Schema),
        ("pydantic.dataclasses", ClassRole::Data),
        ("pydantic.generics", ClassRole::Schema),
    ],
    class_decorators: &[("pydantic.dataclasses", ClassRole::Data)],
    other_fields: &["pydantic"],
    at_import: &[("pydantic", AtImport::Configures), ("pydantic.BaseSettings", AtImport::Environment)],
    settings: &["pydantic.BaseSettings"],
    renders: &[
        ("pydantic.model_validator", Renders::Object),
        ("pydantic.field_validator", Renders::Field),
        ("pydantic.validator", Renders::Field),
        ("pydantic.TypeAdapter", Renders::Adapter),
    ],
    ..Library::UNKNOWN
};
