//! What would a reviewer write or draw? Plain data in, documents out.
//!
//! [`graph`] is the drawing behind every picture of boxes and arrows, with its writers; [`deps`] reports what depends
//! on what, and what to change; [`sequence`], [`data_flow`] and [`explain`] show what one request does. The front ends
//! (command line, LSP commands, the agents' server) are thin: they collect, call this crate, and write the result.

mod component;
pub mod data_flow;
pub mod deployment;
pub mod deps;
pub mod er;
pub mod escape;
pub mod explain;
pub mod graph;
mod marked;
mod page;
mod parts;
pub mod pictures;
pub mod routes;
pub mod sequence;
pub mod svg;

pub use component::component;
pub use marked::{Block, MarkedError, blocks, refreshed};
pub use page::{colours, page};
