//! Growth with load.

pub mod state_in_memory;
