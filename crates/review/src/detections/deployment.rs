//! Contradictions between code and its deployment.

pub mod command_starts_nothing;
pub mod debug_where_it_runs;
pub mod file_database_replicated;
pub mod media_replicated;
pub mod probe_not_served;
pub mod python_versions;
pub mod required_setting_unset;
pub mod scheduler_replicated;
