//! In which steps does this project reach the architecture it wants?
//!
//! [`collect`] reads what a plan rests on ([`Facts`]), [`make`] makes the plan from it, and the writers write it down. A plan is
//! simulated on the graph of modules: each step says which dependencies go and come and which modules move, and the figures
//! after it are counted as `deps` counts them. Invariants:
//! - each dependency that a step names is there, with file and line;
//! - after the last step there is no cycle and no import against the direction of the layers;
//! - the same code gives the same plan, with the same ids;
//! - counts only: nothing is said of hours.

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
