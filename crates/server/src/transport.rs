//! Standard input and output, each on its own thread.
//!
//! `tower_lsp` reads and writes in one task: if standard output were slow, it would stop reading, and its decoder ends
//! the service at the first malformed message. So the reader here splits the input into messages, answers unreadable
//! ones with the error that the protocol requires, and passes on the rest; the writer accepts everything at once and
//! lets the client read at its own pace.

mod frames;
mod input;
mod output;

pub(crate) use input::read_messages;
pub use input::split;
pub(crate) use output::{Output, write_messages};
