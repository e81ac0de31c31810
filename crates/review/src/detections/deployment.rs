//! Contradictions between code and its deployment.

pub mod command_starts_nothing;
pub mod debug_where_it_runs;
pub mod development_server;
pub mod file_database_replicated;
pub mod image_installs_unpinned;
pub mod image_runs_as_root;
pub mod image_unpinned;
pub mod listens_to_itself;
pub mod media_replicated;
pub mod migrations_in_every_replica;
pub mod port_not_served;
pub mod probe_not_served;
pub mod python_versions;
pub mod required_setting_unset;
pub mod scheduler_replicated;
pub mod secret_in_manifest;
pub mod server_behind_shell;
