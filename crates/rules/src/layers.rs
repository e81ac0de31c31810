//! Directions between layers, contexts and frameworks.

mod aim;
mod business;
pub(crate) mod circular_import;
mod contracts;
mod direction;
pub(crate) mod fat_controller;
pub(crate) mod forbidden_import;
pub(crate) mod framework_in_domain;
pub(crate) mod frameworks;
mod handlers;
mod http;
pub(crate) mod http_outside_presentation;
pub(crate) mod layer_violation;
pub(crate) mod logic_in_composition;
pub(crate) mod orm_leak;
mod plugins;
pub(crate) mod private_module_import;
mod public_interface;
pub(crate) mod query_in_route;
mod sessions;
pub(crate) mod sibling_service_import;
pub(crate) mod target;
mod way;
mod words;

pub(crate) use contracts::problems as contract_problems;
pub(crate) use contracts::standing::breaches;
pub use direction::may_import;

/// Whether something outside of the project is part of a web framework.
pub(crate) fn is_web_framework(name: &str) -> bool {
    frameworks::kind_of(name).is_some_and(|(_, kind)| kind == frameworks::Kind::Web)
}
