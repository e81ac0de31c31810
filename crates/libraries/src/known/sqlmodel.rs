//! `sqlmodel`.

use crate::{AtImport, ClassRole, Handle, Kind, Library, Mark, Session, Sql};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "sqlmodel",
    imports: &["sqlmodel"],
    kinds: &[("sqlmodel", Kind::Orm)],
    modules: &[
        ("sqlmodel.main", "sqlmodel"),
        ("sqlmodel.orm.session", "sqlmodel"),
        ("sqlmodel.sql.expression", "sqlmodel"),
    ],
    bases: &[("sqlmodel.SQLModel", ClassRole::SqlModel), ("sqlmodel.main.SQLModel", ClassRole::SqlModel)],
    calls: &[("sqlmodel.create_engine", Mark::Engine)],
    makes: &[("sqlmodel.create_engine", "sqlalchemy.Engine")],
    sessions: &[
        ("sqlmodel.Session", Session::Blocking),
        ("sqlmodel.ext.asyncio.session.AsyncSession", Session::Async),
    ],
    at_import: &[("sqlmodel", AtImport::Configures), ("sqlmodel.create_engine", AtImport::Acts)],
    handles: &[
        ("sqlmodel.Session", Handle::Session),
        ("sqlmodel.create_engine", Handle::Session),
        ("sqlmodel.ext.asyncio.session.AsyncSession", Handle::Session),
    ],
    sql: &[("sqlmodel.text", Sql::Statement)],
    ..Library::UNKNOWN
};
