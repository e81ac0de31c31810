//! The role of a class.

/// The role of a class, determined by its ancestors or decorators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassRole {
    /// A table row.
    OrmModel,
    /// A column type, field, expression or constraint of an ORM.
    OrmType,
    /// A manager or query class of an ORM.
    OrmQuery,
    /// `SQLModel`: a row with `table=True`, a schema otherwise.
    SqlModel,
    /// A repository derived from a library's base class.
    Repository,
    /// A service derived from a library's base class.
    Service,
    /// A validated data class: pydantic, msgspec.
    Schema,
    /// Converts objects to request and response bodies: DRF, marshmallow.
    Serializer,
    /// A form.
    Form,
    /// A view, controller or resource.
    View,
    /// Another part of HTTP handling: permissions, pagination, responses.
    Http,
    /// An error with an HTTP status.
    HttpError,
    /// A middleware.
    Middleware,
    /// Part of an admin site.
    Admin,
    /// A GraphQL type, input or mutation.
    GraphQl,
    /// A command of a command line.
    Command,
    /// A background task.
    Task,
    /// A web application or a plugin of one.
    App,
    /// A Django application's configuration.
    AppConfig,
    /// A dependency-injection container or provider.
    Container,
    /// Settings.
    Settings,
    /// An exception.
    Exception,
    /// An enumeration.
    Enum,
    /// A dataclass, named tuple or typed dictionary.
    Data,
    /// `typing.Protocol`
    Protocol,
    /// `abc.ABC`
    Abstract,
    /// A test case.
    Test,
}
