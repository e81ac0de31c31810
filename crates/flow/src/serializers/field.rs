//! One field of a serializer.

use model::ClassRef;
use python::Name;

use crate::FunctionRef;

/// Which library a serializer is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Library {
    /// Django's REST framework.
    RestFramework,
    /// Pydantic, also as SQLModel.
    Pydantic,
    /// Marshmallow.
    Marshmallow,
    /// Fields in a dictionary.
    Dictionary,
}

impl Library {
    /// By the full name of a base.
    pub(super) fn of_base(base: &str) -> Option<Self> {
        let (package, _) = base.split_once('.')?;
        let last = base.rsplit('.').next()?;
        match package {
            "pydantic" | "sqlmodel" if matches!(last, "BaseModel" | "SQLModel" | "GenericModel") => {
                Some(Library::Pydantic)
            }
            "ninja" if matches!(last, "Schema" | "ModelSchema") => Some(Library::Pydantic),
            "marshmallow" | "flask_marshmallow" | "marshmallow_sqlalchemy"
                if last.ends_with("Schema") || last == "SQLAlchemyAutoSchema" =>
            {
                Some(Library::Marshmallow)
            }
            _ if last.ends_with("Serializer") && package.contains("rest") => Some(Library::RestFramework),
            _ => None,
        }
    }
}

/// The fields of a serializer.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The entity that it says it renders.
    pub(crate) model: Option<ClassRef>,
    /// The fields, in order, those inherited included.
    pub(crate) list: Vec<Field>,
    /// A method that renders the object itself: `to_representation`; after the fields if it calls its base's.
    pub(crate) overridden: Option<FunctionRef>,
    /// A method that is given the object first and makes a dictionary of it: fields are read of that.
    pub(crate) flattened: Option<FunctionRef>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The class in whose body it stands, or whose `Meta` names it.
    pub(crate) class: ClassRef,
    /// Its name there.
    pub(crate) name: Name,
    /// The attributes from the object to what is rendered; empty for the object itself.
    pub(crate) source: Vec<Name>,
    /// What is done with it.
    pub(crate) kind: FieldKind,
}

/// What a field does with what it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Reads it.
    Read,
    /// Reads the key of the row at the end: costs nothing for a relationship to one row, whose key is a column here.
    Key,
    /// Reads it, and the attributes below it.
    Attributes(Vec<Name>),
    /// Reads it as text.
    Text,
    /// Renders it with another serializer.
    Nested(ClassRef),
    /// Calls a method of the serializer with it.
    Method(FunctionRef),
    /// Calls a method of the schema with the object as the parameter of this index.
    Resolver(FunctionRef, u8),
    /// Calls a function with it.
    Function(FunctionRef),
    /// Reads these attributes of it, each a way from it.
    Ways(Vec<Vec<Name>>),
}

/// What the body of a serializer says of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Declared {
    /// It is not rendered (write-only, taken back), or nobody knows how.
    Hidden,
    /// It is rendered.
    Shown(Field),
}
