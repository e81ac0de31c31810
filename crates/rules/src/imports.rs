//! How imports are written.

pub(crate) mod dynamic_import;
mod entry_point;
pub(crate) mod hidden_import;
