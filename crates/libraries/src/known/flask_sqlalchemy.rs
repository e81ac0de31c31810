//! `Flask-SQLAlchemy`.

use crate::{AtImport, ClassRole, Kind, Library, Mark, Session};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-SQLAlchemy",
    imports: &["flask_sqlalchemy"],
    kinds: &[("flask_sqlalchemy", Kind::Orm)],
    modules: &[("flask_sqlalchemy.extension", "flask_sqlalchemy")],
    bases: &[
        ("flask_sqlalchemy.BaseQuery", ClassRole::OrmQuery),
        ("flask_sqlalchemy.Model", ClassRole::OrmModel),
        ("flask_sqlalchemy.SQLAlchemy.Model", ClassRole::OrmModel),
    ],
    calls: &[("flask_sqlalchemy.SQLAlchemy", Mark::Engine)],
    sessions: &[
        ("flask_sqlalchemy.SignallingSession", Session::Blocking),
        ("flask_sqlalchemy.session.Session", Session::Blocking),
    ],
    at_import: &[("flask_sqlalchemy", AtImport::Configures)],
    ..Library::UNKNOWN
};
