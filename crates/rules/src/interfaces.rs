//! Ports: what depends on which class, and what is between the two.

mod checked;
pub(crate) mod concrete_dependency;
mod delegation;
mod depth;
mod drivers;
pub(crate) mod fat_protocol;
mod forwarding;
mod injection_site;
pub(crate) mod missing_protocol;
mod names;
pub(crate) mod pass_through_layer;
pub(crate) mod protocol_drift;
mod several;
mod stand_in;

pub(crate) use depth::reaches;
