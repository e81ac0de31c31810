//! Where a class gets its dependencies from, and where state is kept.

pub(crate) mod environment_outside_config;
pub(crate) mod hidden_dependency;
pub(crate) mod service_locator;
mod shape;
pub(crate) mod shared_mutable_state;
