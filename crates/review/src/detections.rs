//! All detections.

pub mod api;
pub mod architecture;
pub mod database;
pub mod deployment;
pub(crate) mod findings;
pub mod observability;
pub mod organisation;
pub mod performance;
pub mod resilience;
pub mod security;
pub mod state;

use crate::detection::Detection;

/// In the order of areas, then by name.
pub static ALL: &[&Detection] = &[
    &architecture::packages_in_cycles::DETECTION,
    &database::created_beside_migrations::DETECTION,
    &database::downgrade_does_nothing::DETECTION,
    &database::foreign_key_without_index::DETECTION,
    &database::migration_heads::DETECTION,
    &database::models_not_migrated::DETECTION,
    &database::models_unseen_by_alembic::DETECTION,
    &database::money_as_float::DETECTION,
    &database::pool_over_connections::DETECTION,
    &database::session_of_all::DETECTION,
    &database::time_zones_disagree::DETECTION,
    &database::wrong_driver::DETECTION,
    &api::path_parameter_unused::DETECTION,
    &api::route_shadowed::DETECTION,
    &api::table_as_body::DETECTION,
    &security::any_host::DETECTION,
    &security::any_origin_with_credentials::DETECTION,
    &security::certificate_unchecked::DETECTION,
    &security::cookie_for_scripts::DETECTION,
    &security::fast_password_hash::DETECTION,
    &security::secret_has_default::DETECTION,
    &security::token_unchecked::DETECTION,
    &security::upload_read_whole::DETECTION,
    &security::workflow_runs_strangers::DETECTION,
    &performance::cache_without_limit::DETECTION,
    &performance::client_per_request::DETECTION,
    &performance::hash_on_loop::DETECTION,
    &performance::state_in_memory::DETECTION,
    &observability::errors_without_environment::DETECTION,
    &observability::label_without_bound::DETECTION,
    &observability::liveness_asks_database::DETECTION,
    &observability::prints::DETECTION,
    &observability::tracing_incomplete::DETECTION,
    &deployment::command_starts_nothing::DETECTION,
    &deployment::debug_where_it_runs::DETECTION,
    &deployment::development_server::DETECTION,
    &deployment::file_database_replicated::DETECTION,
    &deployment::image_installs_unpinned::DETECTION,
    &deployment::image_runs_as_root::DETECTION,
    &deployment::image_unpinned::DETECTION,
    &deployment::listens_to_itself::DETECTION,
    &deployment::media_replicated::DETECTION,
    &deployment::migrations_in_every_replica::DETECTION,
    &deployment::port_not_served::DETECTION,
    &deployment::probe_not_served::DETECTION,
    &deployment::python_versions::DETECTION,
    &deployment::required_setting_unset::DETECTION,
    &deployment::scheduler_replicated::DETECTION,
    &deployment::secret_in_manifest::DETECTION,
    &deployment::server_behind_shell::DETECTION,
    &organisation::defaults_disagree::DETECTION,
    &organisation::development_package_imported::DETECTION,
    &state::event_before_commit::DETECTION,
    &state::row_sent_to_task::DETECTION,
    &state::session_after_response::DETECTION,
    &state::task_before_commit::DETECTION,
    &state::task_unregistered::DETECTION,
    &resilience::error_swallowed::DETECTION,
    &resilience::error_text_shown::DETECTION,
    &resilience::no_time_limit::DETECTION,
    &resilience::retry_without_end::DETECTION,
];
