//! Directions between layers, contexts and frameworks.

mod aim;
mod business;
pub(crate) mod circular_import;
mod contracts;
pub(crate) mod fat_controller;
mod features;
pub(crate) mod forbidden_import;
pub(crate) mod framework_in_domain;
mod handlers;
pub(crate) mod http_outside_presentation;
pub(crate) mod layer_violation;
pub(crate) mod logic_in_composition;
pub(crate) mod orm_leak;
mod plugins;
pub(crate) mod practice;
pub(crate) mod private_module_import;
mod public_interface;
pub(crate) mod query_in_route;
pub(crate) mod sibling_service_import;
pub(crate) mod target;
mod way;
pub(crate) mod words;

pub(crate) use contracts::problems as contract_problems;
pub(crate) use contracts::standing::breaches;
pub(crate) use features::Features;
pub(crate) use query_in_route::is_home_of_queries;
pub(crate) use target::sure;
