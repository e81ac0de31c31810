//! Layers and packages.

pub mod packages_in_cycles;
