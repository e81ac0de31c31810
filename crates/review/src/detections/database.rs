//! Contradictions between models, migrations and databases.

pub mod created_beside_migrations;
pub mod downgrade_does_nothing;
pub mod foreign_key_without_index;
pub mod migration_heads;
pub mod models_not_migrated;
pub mod models_unseen_by_alembic;
pub mod money_as_float;
pub mod pool_over_connections;
pub mod session_of_all;
pub mod time_zones_disagree;
pub mod wrong_driver;
