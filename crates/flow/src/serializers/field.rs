//! One field of a serializer.

use model::ClassRef;
use python::Name;

use super::shown::Shown;
use crate::FunctionRef;

/// The library that a serializer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Library {
    /// Django REST framework.
    RestFramework,
    /// Pydantic, also as SQLModel.
    Pydantic,
    /// Marshmallow.
    Marshmallow,
    /// Graphene's types.
    GraphQl,
    /// Fields in a dictionary.
    Dictionary,
}

impl FieldKind {
    /// Renders it with all fields of another serializer.
    pub(super) fn nested(class: ClassRef) -> Self {
        FieldKind::Nested(class, Shown::default())
    }
}

impl Library {
    /// Determines the library by the full name of a base.
    pub(super) fn of_base(base: &str) -> Option<Self> {
        let (package, _) = base.split_once('.')?;
        let last = base.rsplit('.').next()?;
        match package {
            "pydantic" | "sqlmodel"
                if matches!(last, "BaseModel" | "SQLModel" | "GenericModel" | "RootModel") =>
            {
                Some(Library::Pydantic)
            }
            "ninja" if matches!(last, "Schema" | "ModelSchema") => Some(Library::Pydantic),
            "marshmallow" | "flask_marshmallow" | "marshmallow_sqlalchemy"
                if last.ends_with("Schema") || last == "SQLAlchemyAutoSchema" =>
            {
                Some(Library::Marshmallow)
            }
            _ if last.ends_with("ObjectType")
                && libraries::role_of_base(base) == Some(libraries::ClassRole::GraphQl) =>
            {
                Some(Library::GraphQl)
            }
            _ if last.ends_with("Serializer") && package.contains("rest") => Some(Library::RestFramework),
            _ => None,
        }
    }
}

/// The fields of a serializer.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The entity that the serializer declares to render.
    pub(crate) model: Option<ClassRef>,
    /// The fields, in order, including inherited ones.
    pub(crate) list: Vec<Field>,
    /// A method that renders the object itself (`to_representation`). If it calls the base's method, it runs after the
    /// fields.
    pub(crate) overridden: Option<FunctionRef>,
    /// The method that renders many objects, where the project has one: `to_representation` of the `list_serializer_class`.
    pub(crate) of_list: Option<FunctionRef>,
    /// A method that is given the object first and makes a dictionary of it: fields are read of that.
    pub(crate) flattened: Option<FunctionRef>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The class whose body declares the field, or whose `Meta` names it.
    pub(crate) class: ClassRef,
    /// The field's name in the class.
    pub(crate) name: Name,
    /// The attribute path from the object to the rendered value; empty for the object itself.
    pub(crate) source: Vec<Name>,
    /// How the field uses the value.
    pub(crate) kind: FieldKind,
}

/// How a field uses the value that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Reads it.
    Read,
    /// Reads the key of the last row. This is free for a to-one relationship, whose key is a local column.
    Key,
    /// Reads it, and these attributes of it.
    Attributes(Vec<Name>),
    /// Converts it to a string.
    Text,
    /// Renders it with another serializer, or with some of that one's fields.
    Nested(ClassRef, Shown),
    /// Calls a method of the serializer with it.
    Method(FunctionRef),
    /// Calls a method of the schema with the object as the parameter of this index.
    Resolver(FunctionRef, u8),
    /// Calls a function with it.
    Function(FunctionRef),
    /// Reads it, and calls a method of the field's own class with it.
    Shown(FunctionRef),
    /// Reads these attributes of it, each a way from it.
    Ways(Vec<Vec<Name>>),
}

/// How the body of a serializer declares a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Declared {
    /// Not rendered (write-only or removed), or rendered in an unknown way.
    Hidden,
    /// Rendered.
    Shown(Field),
}
