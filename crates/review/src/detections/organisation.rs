//! Where things are written.

pub mod defaults_disagree;
