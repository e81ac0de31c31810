//! Messages: commands, queries and events that are classes of the project, with their handlers and the functions that
//! create them.
//!
//! Two stages, each compared by itself. [`MessageFacts`] describes one file, with names as written and without
//! positions. [`find`] resolves the names. It takes two independent marks ([`Mark`]) to treat a class as a message and
//! a function as its handler; the name of the class is not one of them. The kind of message is derived from words in
//! names.

mod facts;
mod find;
mod kind;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use python::FunctionId;

use crate::{ClassRef, ModuleId};

pub use facts::{Makes, MessageFacts};
pub(crate) use find::{Source, SourceFile, find, makers};

/// The kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Something is to be done: one handler does it.
    Command,
    /// Something is to be known: one handler answers.
    Query,
    /// Something has happened: any number of handlers are notified.
    Event,
}

impl MessageKind {
    /// The kind as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Query => "query",
            Self::Event => "event",
        }
    }
}

/// Evidence that a function handles a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It takes the message as its first argument.
    Takes,
    /// It is registered for the message: in a dictionary, by a call or by a decorator that names the class.
    Registered,
    /// It is decorated as a handler; the decorator doesn't name the class.
    Decorated,
    /// Its class inherits from `Handler[Message]`.
    Generic,
    /// It is registered or named like a handler method, and the class inherits from `Command`, `Event`…
    Descends,
}

/// A function that handles a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageHandler {
    /// Its module.
    pub module: ModuleId,
    /// The function or method.
    pub function: FunctionId,
    /// The evidence: at least two marks, sorted.
    pub marks: Box<[Mark]>,
}

/// A place that creates a message: a function, or `None` for code that runs at import.
pub type Maker = (ModuleId, Option<FunctionId>);

/// A class of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its kind.
    pub kind: MessageKind,
    /// The project's base class of messages that it inherits from, if any.
    pub base: Option<ClassRef>,
    /// Its handlers, sorted. Empty if it has none while other messages of the same base have.
    pub handlers: Box<[MessageHandler]>,
    /// Modules that may register handlers in a way that can't be read.
    pub is_registered_otherwise: bool,
}

/// All messages of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Messages {
    /// By class, sorted.
    pub by_class: BTreeMap<ClassRef, Message>,
}
