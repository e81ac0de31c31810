//! Growth with load.

pub mod cache_without_limit;
pub mod client_per_request;
pub mod hash_on_loop;
pub mod state_in_memory;
