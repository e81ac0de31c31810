//! Contradictions between code and what runs it.

pub mod command_starts_nothing;
pub mod probe_not_served;
