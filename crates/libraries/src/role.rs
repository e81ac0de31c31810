//! What a class is.

/// What a class is, by what it descends from or is decorated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassRole {
    /// A row of a table.
    OrmModel,
    /// A column type, field, expression or constraint of an ORM.
    OrmType,
    /// A manager or query class of an ORM.
    OrmQuery,
    /// `SQLModel`: a row with `table=True`, a schema otherwise.
    SqlModel,
    /// A repository by a library's base class.
    Repository,
    /// A service by a library's base class.
    Service,
    /// A validated data class: pydantic, msgspec.
    Schema,
    /// Turns objects into request and response bodies: DRF, marshmallow.
    Serializer,
    /// A form.
    Form,
    /// A view, controller or resource.
    View,
    /// Belongs to HTTP otherwise: permissions, pagination, responses.
    Http,
    /// An error with an HTTP status.
    HttpError,
    /// A middleware.
    Middleware,
    /// Of an admin site.
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
