//! In which steps does this project reach the architecture it wants?
//!
//! [`collect`] collects the data for a plan ([`Facts`]), [`make`] makes the plan from it, and the writers write it. A
//! plan is simulated on the graph of modules: each step lists the dependencies that it removes and adds and the modules
//! that it moves, and the metrics after it are computed like those of `deps`. Invariants:
//! - each dependency in a step exists, with file and line;
//! - after the last step there is no cycle and no import against the direction of the layers;
//! - the same code gives the same plan, with the same ids;
//! - only counts: no estimates of hours.

mod bundle;
mod collect;
mod contexts;
mod cuts;
mod cycles;
mod facts;
#[cfg(test)]
mod fixture;
mod freeze;
mod graph;
mod make;
mod markdown;
mod moves;
mod page;
mod ports;
mod relocate;
mod splits;
mod steps;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod trial;
mod tried;
mod ways;
mod words;

pub use collect::{RULES, Refusal, collect};
pub use contexts::{Context, Contexts};
pub use facts::{Aim, Command, Facts, Frozen, Module, Offer, Pair, Role, Split, Used, What};
pub use graph::Figures;
pub use make::{Phase, Plan, make};
pub use markdown::markdown;
pub use page::page;
pub use steps::{Edit, Place, Stage, Step};
pub use text::text;
pub use trial::{Trial, Untried};
pub use tried::Tried;
pub use ways::Way;
