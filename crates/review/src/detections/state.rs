//! Contradictions between senders and receivers.

pub mod task_before_commit;
pub mod task_unregistered;
