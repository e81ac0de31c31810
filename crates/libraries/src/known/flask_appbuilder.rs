//! `Flask-AppBuilder`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-AppBuilder",
    imports: &["flask_appbuilder"],
    kinds: &[("flask_appbuilder", Kind::Web), ("flask_appbuilder.models", Kind::Orm)],
    names: &[
        ("flask_appbuilder.SQLA", "flask_sqlalchemy.SQLAlchemy"),
        ("flask_appbuilder.models.sqla.SQLA", "flask_sqlalchemy.SQLAlchemy"),
        ("flask_appbuilder.models.sqla.base.SQLA", "flask_sqlalchemy.SQLAlchemy"),
    ],
    bases: &[
        ("flask_appbuilder.Model", ClassRole::OrmModel),
        ("flask_appbuilder.api", ClassRole::View),
        ("flask_appbuilder.views", ClassRole::View),
    ],
    ..Library::UNKNOWN
};
