//! Contradictions between models, migrations and databases.

pub mod migration_heads;
pub mod models_not_migrated;
pub mod models_unseen_by_alembic;
pub mod pool_over_connections;
pub mod wrong_driver;
