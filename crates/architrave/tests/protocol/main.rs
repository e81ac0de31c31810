//! Sessions of a real client with the real program over its pipes.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod actions;
mod architecture;
mod baseline;
mod calls;
mod cancellation;
mod completion;
mod configuration;
mod costs;
mod encodings;
mod files;
mod lifecycle;
mod malformed;
mod moves;
mod pictures;
mod ports;
mod progress;
mod pull;
mod push;
mod rule_pages;
mod shop;
mod sync;
mod typing;
mod unread;
mod warm;
mod workspace_pull;
