//! Detections about what is visible at run time.

pub mod errors_without_environment;
pub mod label_without_bound;
pub mod liveness_asks_database;
pub mod prints;
pub mod tracing_incomplete;
