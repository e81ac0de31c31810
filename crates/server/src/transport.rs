//! Standard input and output, each on a thread of its own.
//!
//! `tower_lsp` reads and writes in one task: were standard output slow, it would stop reading, and its decoder ends the
//! service at the first malformed message. So the reader here cuts the input into messages, answers those that can't
//! be read with the error that the protocol asks for, and passes on the rest; the writer takes everything at once and
//! lets the client read when it likes.

mod frames;
mod input;
mod output;

pub(crate) use input::read_messages;
pub(crate) use output::{Output, write_messages};
