//! The library's names. The same class can be imported from many places; each has one canonical name.

use python::Name;

/// The canonical name of session factories.
pub(super) const SESSIONMAKER: &str = "sqlalchemy.orm.sessionmaker";
/// The canonical name of async session factories.
pub(super) const ASYNC_SESSIONMAKER: &str = "sqlalchemy.ext.asyncio.async_sessionmaker";
/// The canonical name of engines.
pub(super) const ENGINE: &str = "sqlalchemy.Engine";
/// The canonical name of async engines.
pub(super) const ASYNC_ENGINE: &str = "sqlalchemy.ext.asyncio.AsyncEngine";
/// A connection below the ORM; its rows consist of columns.
pub(super) const CONNECTION: &str = "sqlalchemy.Connection";
/// A connection of an async engine.
pub(super) const ASYNC_CONNECTION: &str = "sqlalchemy.ext.asyncio.AsyncConnection";
/// A table below the ORM.
pub(super) const TABLE: &str = "sqlalchemy.Table";
/// Flask-SQLAlchemy's object, conventionally named `db`.
pub(super) const FLASK: &str = "flask_sqlalchemy.SQLAlchemy";

/// The package and the last segment of a full name.
pub(super) fn split(full_name: &str) -> Option<(&str, &str)> {
    let (package, rest) = full_name.split_once('.')?;
    Some((package, rest.rsplit('.').next().unwrap_or(rest)))
}

/// Whether a class is that of any statement, whatever it selects.
pub(crate) fn is_statement(full_name: &str) -> bool {
    const STATEMENTS: &[&str] = &[
        "ClauseElement",
        "Executable",
        "GenerativeSelect",
        "ReturnsRows",
        "Select",
        "SelectBase",
        "SelectOfScalar",
        "TypedReturnsRows",
    ];
    split(full_name).is_some_and(|(package, name)| is_orm(package) && STATEMENTS.contains(&name))
}

/// Whether a class is that of a query or a result, whose rows only those know who made it.
pub(crate) fn is_rows(full_name: &str) -> bool {
    const ROWS: &[&str] = &["Query", "ScalarResult", "AsyncScalarResult"];
    split(full_name).is_some_and(|(package, name)| is_orm(package) && ROWS.contains(&name))
}

/// Whether the package is one that this module models.
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

/// Whether the function takes a session and a statement, and runs the statement for one page of rows.
pub(super) fn paginates(full_name: &str) -> bool {
    full_name.ends_with("paginate") && libraries::renders(full_name) == Some(libraries::Renders::Paginates)
}

/// The canonical name for instances of this library class.
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

/// Whether the library class is a session, and if so whether its methods are awaited.
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

/// The kind of an instance of a library class, or of the result of a factory function: for annotations and module-level
/// values.
pub(crate) fn instance(full_name: &str) -> Option<crate::Kind> {
    if let Some(is_async) = session(full_name) {
        return Some(crate::Kind::Session { is_async });
    }
    canonical(full_name).map(|name| crate::Kind::ForeignInstance(Name::new_static(name)))
}
