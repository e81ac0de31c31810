//! How responsibilities are divided among classes and modules.

mod clusters;
pub(crate) mod god_object;
pub(crate) mod junk_drawer;
mod units;
