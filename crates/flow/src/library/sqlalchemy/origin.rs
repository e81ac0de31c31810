//! Which names are the library's: the same thing is imported from many places.

use python::Name;

/// The name under which sessions' factories are told.
pub(super) const SESSIONMAKER: &str = "sqlalchemy.orm.sessionmaker";
/// The same for async sessions.
pub(super) const ASYNC_SESSIONMAKER: &str = "sqlalchemy.ext.asyncio.async_sessionmaker";
/// An engine.
pub(super) const ENGINE: &str = "sqlalchemy.Engine";
/// An async engine.
pub(super) const ASYNC_ENGINE: &str = "sqlalchemy.ext.asyncio.AsyncEngine";
/// A connection below the ORM: its rows are columns.
pub(super) const CONNECTION: &str = "sqlalchemy.Connection";
/// The same for async engines.
pub(super) const ASYNC_CONNECTION: &str = "sqlalchemy.ext.asyncio.AsyncConnection";
/// A table below the ORM.
pub(super) const TABLE: &str = "sqlalchemy.Table";
/// Flask-SQLAlchemy's object, by custom named `db`.
pub(super) const FLASK: &str = "flask_sqlalchemy.SQLAlchemy";

/// The package and the last segment of a full name.
pub(super) fn split(full_name: &str) -> Option<(&str, &str)> {
    let (package, rest) = full_name.split_once('.')?;
    Some((package, rest.rsplit('.').next().unwrap_or(rest)))
}

/// Whether the package is one of those that this part of the library knows.
pub(super) fn is_orm(package: &str) -> bool {
    matches!(
        package,
        "sqlalchemy"
            | "sqlmodel"
            | "flask_sqlalchemy"
            | "flask_sqlalchemy_lite"
            | "geoalchemy2"
            | "sqlalchemy_utils"
    )
}

/// Whether the function takes a session and a statement, and runs it for one page of rows.
pub(super) fn paginates(full_name: &str) -> bool {
    full_name.ends_with("paginate") && libraries::renders(full_name) == Some(libraries::Renders::Paginates)
}

/// The name under which instances of this class of the library are told.
pub(super) fn canonical(full_name: &str) -> Option<&'static str> {
    let (package, name) = split(full_name)?;
    if !is_orm(package) {
        return None;
    }
    Some(match name {
        "sessionmaker" => SESSIONMAKER,
        "async_sessionmaker" => ASYNC_SESSIONMAKER,
        "Engine" | "create_engine" => ENGINE,
        "AsyncEngine" | "create_async_engine" => ASYNC_ENGINE,
        "Connection" => CONNECTION,
        "AsyncConnection" => ASYNC_CONNECTION,
        "Table" => TABLE,
        "SQLAlchemy" => FLASK,
        _ => return None,
    })
}

/// Whether the class of the library is a session, and whether its methods are awaited then.
pub(super) fn session(full_name: &str) -> Option<bool> {
    let (package, name) = split(full_name)?;
    if !is_orm(package) {
        return None;
    }
    match name {
        "Session" | "SignallingSession" | "scoped_session" | "ScopedSession" => Some(false),
        "AsyncSession" | "async_scoped_session" => Some(true),
        _ => None,
    }
}

/// What an instance of a class of the library is, or what a function that makes one gives: for annotations and for
/// values at the head of a module.
pub(crate) fn instance(full_name: &str) -> Option<crate::Kind> {
    if let Some(is_async) = session(full_name) {
        return Some(crate::Kind::Session { is_async });
    }
    canonical(full_name).map(|name| crate::Kind::ForeignInstance(Name::new_static(name)))
}
