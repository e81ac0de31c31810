//! The library types that flow analysis models.

use libraries::{Renders, Session};
use model::Orm;
use python::Name;

use crate::{Kind, Value};

/// How a generic type uses its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A collection of the first argument.
    Many,
    /// A mapping whose values are the second argument.
    Mapping,
    /// A mapping whose values are numbers.
    Counter,
    /// A collection of pairs.
    Pairs,
    /// The first argument itself.
    Inner,
    /// One of the arguments.
    Union,
    /// `Annotated`
    Annotated,
    /// `await` yields the first argument.
    Awaitable,
    /// `await` yields the third argument.
    Coroutine,
    /// The class given as the first argument.
    Class,
    /// `tuple`
    Tuple,
    /// A plain value.
    Plain,
    /// `Callable[..., X]`
    Callable,
    /// `sessionmaker[X]`
    SessionFactory,
    /// A manager for the first argument.
    Manager,
    /// A page of the first.
    Page,
    /// A query over the first.
    Query {
        /// The ORM that it belongs to.
        orm: Orm,
        /// Whether iterating over it runs it.
        runs_itself: bool,
    },
    /// An instance whose arguments are irrelevant.
    Other,
}

/// Modules that define Python's own types.
fn is_python(module: &str) -> bool {
    matches!(
        module,
        "builtins" | "typing" | "collections" | "collections.abc" | "types" | "contextlib" | "dataclasses"
    )
}

/// How the type `full` uses its arguments.
pub(super) fn form(full: &str) -> Form {
    let (module, name) = full.rsplit_once('.').unwrap_or(("", full));
    if is_python(module) {
        return python_form(name);
    }
    let by_sqlalchemy = |runs_itself| Form::Query { orm: Orm::SqlAlchemy, runs_itself };
    match (module, name) {
        ("sqlalchemy.orm", "Mapped" | "WriteOnlyMapped" | "DynamicMapped")
        | ("sqlalchemy.ext.associationproxy", "AssociationProxy")
        | ("pydantic", "SkipValidation" | "SerializeAsAny")
        | ("pydantic.json_schema", "SkipJsonSchema")
        // `FromDishka[Repository]` and similar markers.
        | (_, "FromDishka" | "Injected" | "Inject") => Form::Inner,
        ("sqlalchemy.orm", "Query") => by_sqlalchemy(true),
        ("sqlalchemy", "Select") | ("sqlmodel", "Select" | "SelectOfScalar") => by_sqlalchemy(false),
        ("sqlalchemy", "ScalarResult") | ("sqlalchemy.ext.asyncio", "AsyncScalarResult") => Form::Many,
        ("sqlalchemy.orm", "sessionmaker") | ("sqlalchemy.ext.asyncio", "async_sessionmaker") => {
            Form::SessionFactory
        }
        ("django.db.models", "QuerySet") => Form::Query { orm: Orm::Django, runs_itself: true },
        ("django.db.models", "Manager" | "BaseManager") => Form::Manager,
        _ if libraries::renders(full) == Some(Renders::Page) => Form::Page,
        _ => Form::Other,
    }
}

/// Whether a call makes another class of a page of that class: `Page.with_custom_options(size=50)`.
pub(super) fn makes_page(full: &str) -> bool {
    let class = full.rsplit_once('.').map(|(class, _)| class);
    class.and_then(libraries::renders) == Some(Renders::Page)
}

fn python_form(name: &str) -> Form {
    match name {
        "list" | "List" | "Sequence" | "MutableSequence" | "Iterable" | "Iterator" | "Collection" | "set"
        | "Set" | "MutableSet" | "AbstractSet" | "frozenset" | "FrozenSet" | "Generator"
        | "AsyncIterator" | "AsyncIterable" | "AsyncGenerator" | "deque" | "Deque" | "KeysView"
        | "Reversible" | "Container" | "ValuesView" => Form::Many,
        "dict" | "Dict" | "Mapping" | "MutableMapping" | "defaultdict" | "DefaultDict" | "OrderedDict"
        | "ChainMap" => Form::Mapping,
        "Counter" => Form::Counter,
        "ItemsView" => Form::Pairs,
        "Optional" | "Union" => Form::Union,
        // Entering a context manager yields what it manages. For sessions and transactions the value itself is
        // equivalent.
        "ClassVar"
        | "Final"
        | "Required"
        | "NotRequired"
        | "ReadOnly"
        | "InitVar"
        | "ContextManager"
        | "AsyncContextManager"
        | "AbstractContextManager"
        | "AbstractAsyncContextManager" => Form::Inner,
        "Annotated" => Form::Annotated,
        "Awaitable" => Form::Awaitable,
        "Coroutine" => Form::Coroutine,
        "type" | "Type" => Form::Class,
        "tuple" | "Tuple" => Form::Tuple,
        "Literal" | "TypeGuard" | "TypeIs" => Form::Plain,
        "Callable" => Form::Callable,
        _ => Form::Other,
    }
}

/// Whether the builtin is a type rather than a function.
pub(crate) fn is_builtin_type(full: &str) -> bool {
    matches!(
        full.strip_prefix("builtins.").or_else(|| full.strip_prefix("collections.")),
        Some(
            "int"
                | "str"
                | "float"
                | "bool"
                | "bytes"
                | "complex"
                | "list"
                | "dict"
                | "set"
                | "frozenset"
                | "tuple"
                | "defaultdict"
                | "deque"
        )
    )
}

/// An instance of the library type `full` with unknown type arguments.
pub(crate) fn foreign_instance(full: &str) -> Value {
    if let Some(session) = session(full) {
        return session;
    }
    let (module, name) = full.rsplit_once('.').unwrap_or(("", full));
    if is_plain(module, name) {
        return Value::of(Kind::Plain);
    }
    // The argument says more than the type of any statement.
    if crate::library::sqlalchemy::is_statement(full) {
        return Value::UNKNOWN;
    }
    if is_python(module) {
        return match (python_form(name), name) {
            (Form::Many, _) => Value::UNKNOWN.many(),
            (Form::Mapping, _) => Value::of(Kind::Mapping(Value::UNKNOWN.into())),
            (Form::Counter, _) => Value::of(Kind::Mapping(Value::of(Kind::Plain).into())),
            (_, "None" | "NoneType") => Value::of(Kind::None),
            // The element type is unknown, and these types have no behaviour of their own.
            (Form::Other, _) if name == "TypeVar" => Value::of(Kind::ForeignInstance(full.into())),
            (Form::Other, "ModuleType" | "SimpleNamespace" | "Any" | "object" | "Hashable" | "Self")
            | (_, "Callable" | "tuple" | "Tuple" | "type" | "Type" | "Optional" | "Union") => Value::UNKNOWN,
            (Form::Other, _) if module == "builtins" => Value::of(Kind::ForeignInstance(full.into())),
            (Form::Other, _) if module == "types" || module == "contextlib" => {
                Value::of(Kind::ForeignInstance(full.into()))
            }
            _ => Value::UNKNOWN,
        };
    }
    Value::of(Kind::ForeignInstance(full.into()))
}

/// Whether values of the type have no behaviour that matters here.
fn is_plain(module: &str, name: &str) -> bool {
    match module {
        "builtins" => {
            matches!(name, "int" | "str" | "float" | "bool" | "bytes" | "complex" | "bytearray" | "range")
        }
        "typing" => matches!(name, "AnyStr" | "Text" | "LiteralString"),
        "datetime" | "decimal" | "fractions" | "ipaddress" | "pydantic.networks" => true,
        "uuid" => name == "UUID",
        "pydantic" => {
            name.starts_with("Positive")
                || name.starts_with("Non")
                || name.starts_with("Strict")
                || name.starts_with("UUID")
                || name.ends_with("Url")
                || name.ends_with("Datetime")
                || matches!(
                    name,
                    "EmailStr" | "SecretStr" | "Json" | "PastDate" | "FutureDate" | "NaiveDatetime"
                )
        }
        _ => false,
    }
}

/// A session or a connection, if the type is one.
pub(super) fn session(full: &str) -> Option<Value> {
    let is_async = libraries::session(full)? == Session::Async;
    Some(Value::of(Kind::Session { is_async }))
}

/// A callable that creates sessions.
pub(super) fn session_factory(is_async: bool) -> Value {
    let full =
        if is_async { "sqlalchemy.ext.asyncio.async_sessionmaker" } else { "sqlalchemy.orm.sessionmaker" };
    Value::of(Kind::ForeignInstance(Name::new_static(full)))
}
