//! Contradictions between senders and receivers.

pub mod event_before_commit;
pub mod row_sent_to_task;
pub mod session_after_response;
pub mod task_before_commit;
pub mod task_unregistered;
