//! The interface for coding agents: over the protocol, in sessions with the real program, and on the command line.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod check;
mod command_line;
mod init;
mod protocol;
mod session;
mod tools;
