//! What flow analysis needs from the database.

/// The database of flow analysis.
#[salsa::db]
pub trait Db: model::Db {}
