//! How imports are written.

mod entry_point;
pub(crate) mod hidden_import;
mod import_time;
