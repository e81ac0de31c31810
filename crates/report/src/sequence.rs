//! One request as a sequence: the calls in order, down to the queries.

mod actors;
mod build;
mod d2;
mod fold;
mod mermaid;
mod new_types;
mod order;
mod outside;
mod parts;
mod text;

use serde::Serialize;

pub(crate) use actors::Cast;
pub use build::of_route;
pub(crate) use order::{depth, order};
pub use outside::{Outside, outside};

/// The default limit on the messages drawn.
pub const MESSAGES: usize = 30;

/// A picture of one request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sequence {
    /// The route: `GET /orders`.
    pub title: String,
    /// How many queries it runs, symbolically, as in `architrave routes`.
    pub cost: String,
    /// The participants, from the client to the tables.
    pub actors: Vec<Actor>,
    /// The events, in order.
    pub items: Vec<Item>,
    /// What isn't drawn, in complete sentences.
    pub left_out: Vec<String>,
}

/// A participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// The name.
    pub title: String,
    /// Its kind.
    pub kind: ActorKind,
    /// The layer of its module.
    pub layer: Option<&'static str>,
    /// The file that defines it.
    pub file: Option<String>,
    /// The one-based line there.
    pub line: Option<u32>,
}

/// The kind of a participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// The sender of the request.
    Client,
    /// The caller of the handler.
    Framework,
    /// A class or a module of the project.
    Code,
    /// The database.
    Database,
    /// An external service accessed by a library.
    Outside,
    /// An unresolved target.
    Unknown,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Item {
    /// A call.
    Message(Message),
    /// Items repeated for each element.
    Loop {
        /// The number of iterations, as text: `one per order (N(orders))`.
        title: String,
        /// The repeated items.
        items: Vec<Item>,
    },
    /// One of several alternatives; a single one may be skipped.
    Branch {
        /// The conditions with their items.
        arms: Vec<Arm>,
    },
    /// Items in one transaction.
    Transaction {
        /// The items.
        items: Vec<Item>,
    },
    /// A note on a participant.
    Note {
        /// The index in `actors`.
        over: usize,
        /// The text.
        text: String,
    },
}

/// One alternative of a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arm {
    /// Its condition.
    pub condition: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The index of the caller in `actors`.
    pub from: usize,
    /// The index of the callee in `actors`.
    pub to: usize,
    /// The callee.
    pub text: String,
    /// The kind of the call.
    pub kind: MessageKind,
    /// Whether the caller awaits it.
    pub is_awaited: bool,
    /// The file of the call site.
    pub file: Option<String>,
    /// The one-based line there.
    pub line: Option<u32>,
}

/// The kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// A call.
    Call,
    /// A query.
    Query,
    /// A call of an unresolved target.
    Unresolved,
    /// A response.
    Answer,
    /// An error.
    Raise,
}

impl Sequence {
    /// The route with its number of queries: `GET /orders: 2 queries`.
    pub(crate) fn heading(&self) -> String {
        format!("{}: {}", self.title, ide::query_words(&self.cost))
    }

    /// The number of messages drawn.
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
