//! What one request does, as a sequence: who calls whom, in order, down to the queries.

mod actors;
mod build;
mod d2;
mod fold;
mod mermaid;
mod outside;
mod text;

use serde::Serialize;

pub(crate) use actors::Cast;
pub use build::{of_route, title};
pub(crate) use mermaid::order;
pub use outside::{Outside, outside};

/// So many messages are drawn where nobody says how many.
pub const MESSAGES: usize = 30;

/// A picture of one request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sequence {
    /// The route: `GET /orders`.
    pub title: String,
    /// How many queries it runs, in symbols, as `architrave routes` says.
    pub cost: String,
    /// Who takes part, from the client to the tables.
    pub actors: Vec<Actor>,
    /// What happens, in order.
    pub items: Vec<Item>,
    /// What isn't drawn, in whole sentences.
    pub left_out: Vec<String>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// The name.
    pub title: String,
    /// What it is.
    pub kind: ActorKind,
    /// The layer of its module.
    pub layer: Option<&'static str>,
    /// The file that defines it.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<u32>,
}

/// What somebody who takes part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// Who sends the request.
    Client,
    /// What calls the handler.
    Framework,
    /// A class or a module of the project.
    Code,
    /// The database.
    Database,
    /// Something outside that a library talks to.
    Outside,
    /// What can't be resolved.
    Unknown,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Item {
    /// One calls another.
    Message(Message),
    /// Something is done once per element.
    Loop {
        /// How often, in words: `one per order (N(orders))`.
        title: String,
        /// What.
        items: Vec<Item>,
    },
    /// One of several ways is taken; of one way, perhaps none.
    Branch {
        /// When, and what is done then.
        arms: Vec<Arm>,
    },
    /// Something is done in one transaction.
    Transaction {
        /// What.
        items: Vec<Item>,
    },
    /// Words over somebody.
    Note {
        /// The place in `actors`.
        over: usize,
        /// The words.
        text: String,
    },
}

/// One way of a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arm {
    /// When it is taken.
    pub condition: String,
    /// What is done.
    pub items: Vec<Item>,
}

/// One calls another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The place of the caller in `actors`.
    pub from: usize,
    /// The place of the callee in `actors`.
    pub to: usize,
    /// What is called.
    pub text: String,
    /// What the call is.
    pub kind: MessageKind,
    /// Whether the caller awaits it.
    pub is_awaited: bool,
    /// The file that it is written in.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<u32>,
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// A call.
    Call,
    /// A query.
    Query,
    /// A call of something that can't be resolved.
    Unresolved,
    /// An answer.
    Answer,
    /// An error.
    Raise,
}

impl Sequence {
    /// The route with how many queries it runs: `GET /orders: 2 queries`.
    pub(crate) fn heading(&self) -> String {
        format!("{}: {}", self.title, ide::query_words(&self.cost))
    }

    /// How many messages are drawn.
    pub fn messages(&self) -> usize {
        count(&self.items)
    }

    /// As a Mermaid `sequenceDiagram`.
    pub fn mermaid(&self) -> String {
        mermaid::write(self)
    }

    /// As a D2 sequence diagram.
    pub fn d2(&self) -> String {
        d2::write(self)
    }

    /// As a picture.
    pub fn svg(&self) -> String {
        crate::svg::sequence(self)
    }

    /// As an indented list.
    pub fn text(&self) -> String {
        text::write(self)
    }
}

fn count(items: &[Item]) -> usize {
    items
        .iter()
        .map(|item| match item {
            Item::Message(_) => 1,
            Item::Loop { items, .. } | Item::Transaction { items } => count(items),
            Item::Branch { arms } => arms.iter().map(|arm| count(&arm.items)).sum(),
            Item::Note { .. } => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests;
