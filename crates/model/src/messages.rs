//! Messages: commands, queries and events that are classes of the project, who handles them and who makes them.
//!
//! Two stages, each compared by itself. [`MessageFacts`] is what one file says, names as written and without positions.
//! [`find`] finds out what the names mean. That a class is a message and a function its handler takes two independent
//! marks ([`Mark`]), of which its own name is none; what kind of message it is, is told by words.

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

/// What a message asks for or says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Something is to be done: one handler does it.
    Command,
    /// Something is to be known: one handler answers.
    Query,
    /// Something has happened: whoever wants to know is told.
    Event,
}

impl MessageKind {
    /// As a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Query => "query",
            Self::Event => "event",
        }
    }
}

/// What shows that a function handles a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It takes the message as its first argument.
    Takes,
    /// It is registered for the message: in a dictionary, by a call or by a decorator that names the class.
    Registered,
    /// It is decorated as a handler; the decorator doesn't name the class.
    Decorated,
    /// Its class descends from `Handler[Message]`.
    Generic,
    /// It has the name of a method that handles, or is registered, and the class descends from `Command`, `Event`…
    Descends,
}

/// A function that handles a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageHandler {
    /// Its module.
    pub module: ModuleId,
    /// The function or method.
    pub function: FunctionId,
    /// What shows it: two at least, sorted.
    pub marks: Box<[Mark]>,
}

/// A place that makes a message: a function, or nothing for code that runs at import.
pub type Maker = (ModuleId, Option<FunctionId>);

/// A class of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it asks for or says.
    pub kind: MessageKind,
    /// The base that messages of the project descend from, where there is one.
    pub base: Option<ClassRef>,
    /// Who handles it, sorted. None where others beside it, of the same base, are handled.
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
