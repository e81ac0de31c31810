//! The database interface that flow analysis requires.

/// The database of flow analysis.
#[salsa::db]
pub trait Db: model::Db {}
