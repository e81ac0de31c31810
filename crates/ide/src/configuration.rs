//! Configuration files as documents: what can be written in them, what their words mean and where they lead.

mod completion;

pub(crate) use completion::completions;
