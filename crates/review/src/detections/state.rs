//! Contradictions between who sends and who takes.

pub mod task_before_commit;
pub mod task_unregistered;
