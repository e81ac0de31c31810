//! All detections.

pub mod api;
pub mod database;
pub mod deployment;
pub(crate) mod findings;
pub mod organisation;
pub mod performance;
pub mod security;
pub mod state;

use crate::detection::Detection;

/// In the order of areas, then by name.
pub static ALL: &[&Detection] = &[
    &database::migration_heads::DETECTION,
    &database::models_not_migrated::DETECTION,
    &database::models_unseen_by_alembic::DETECTION,
    &database::pool_over_connections::DETECTION,
    &database::wrong_driver::DETECTION,
    &api::route_shadowed::DETECTION,
    &security::any_origin_with_credentials::DETECTION,
    &deployment::debug_where_it_runs::DETECTION,
    &performance::state_in_memory::DETECTION,
    &deployment::probe_not_served::DETECTION,
    &deployment::command_starts_nothing::DETECTION,
    &deployment::file_database_replicated::DETECTION,
    &deployment::media_replicated::DETECTION,
    &deployment::python_versions::DETECTION,
    &deployment::required_setting_unset::DETECTION,
    &deployment::scheduler_replicated::DETECTION,
    &organisation::defaults_disagree::DETECTION,
    &state::task_before_commit::DETECTION,
    &state::task_unregistered::DETECTION,
];
