//! All detections.

pub mod deployment;
pub mod performance;

use crate::detection::Detection;

/// In the order of areas, then by name.
pub static ALL: &[&Detection] = &[
    &performance::state_in_memory::DETECTION,
    &deployment::command_starts_nothing::DETECTION,
    &deployment::probe_not_served::DETECTION,
];
