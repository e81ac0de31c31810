//! What would a reviewer write or draw? Plain data in, documents out.
//!
//! [`graph`] is the drawing that every picture of boxes and arrows is made of, with its writers. The doors (command line,
//! LSP commands, the agents' server) are thin: they collect, call this crate, and write what it answers.

pub mod graph;
