//! Detections about errors, time limits and retries.

pub mod error_swallowed;
pub mod error_text_shown;
pub mod no_time_limit;
pub mod retry_without_end;
