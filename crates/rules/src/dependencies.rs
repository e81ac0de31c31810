//! Who builds or fetches what a class needs, and where state lives.

pub(crate) mod environment_outside_config;
pub(crate) mod hidden_dependency;
pub(crate) mod service_locator;
mod shape;
pub(crate) mod shared_mutable_state;
