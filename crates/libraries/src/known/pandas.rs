//! `pandas`.

use crate::{Kind, Library, Sql};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pandas",
    imports: &["pandas"],
    kinds: &[("pandas", Kind::Harmless)],
    sql: &[("pandas.read_sql", Sql::Frame), ("pandas.read_sql_query", Sql::Frame)],
    ..Library::UNKNOWN
};
