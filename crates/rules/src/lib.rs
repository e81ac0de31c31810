//! What is wrong with the architecture, and how is it reported?
//!
//! A rule is two files of one name side by side, `<group>/<rule>.rs` and `<rule>.md`, and one line in [`ALL`]. The
//! Markdown is documentation, hover text and executed test. Invariants:
//! - a rule is a pure function from [`view::Context`] to findings; it reads other files only through the narrow queries
//!   of `model` and `python`, never their positions;
//! - unknown facts are never reported;
//! - a fix is a description ([`view::Fix`]); the crate `refactor` makes the edits.

pub mod baseline;
mod by_name;
mod check;
mod dependencies;
mod domain;
mod early;
mod ignores;
mod imports;
mod interfaces;
mod layers;
mod offer;
#[cfg(test)]
mod presets_tests;
mod queries;
pub mod query;
mod registry;
mod security;
mod structure;
pub mod typing;
mod validate;

pub use check::check_module;
pub use early::early;
pub use ignores::invalid_ignore::REASON_PLACEHOLDER;
pub use ignores::silenced;
pub use offer::{Objection, objection};
pub use registry::{ALL, by_id};
pub use validate::validate;
