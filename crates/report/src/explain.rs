//! What makes a route cost what it costs? The calls and queries behind the formula, as a tree with places.
//!
//! It follows the effects of [`flow`] from the handler down, so its leaves sum up to the number that `architrave
//! routes` shows.

mod text;
mod tree;

use serde::Serialize;

pub use tree::of_route;

/// The calls and queries behind the cost of one route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The route: `GET /orders`.
    pub route: String,
    /// How many queries one request runs.
    pub cost: String,
    /// Whether queries may be missing from it.
    pub is_open: bool,
    /// The functions that run: dependencies first, then the handler.
    pub roots: Vec<Branch>,
    /// What rendering the response runs.
    pub rendering: Vec<Leaf>,
}

/// A function on the path to queries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The function: `OrderService.recent`.
    pub function: String,
    /// Its call site; for a root its definition.
    pub place: Option<At>,
    /// The loops around the call, outermost first.
    pub loops: Vec<String>,
    /// The queries in it, in source order.
    pub queries: Vec<Leaf>,
    /// The functions that it calls on the path to more queries.
    pub calls: Vec<Branch>,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// Its contribution to the cost: `N(orders)`.
    pub cost: String,
    /// As text: `session.get(Order)`.
    pub what: String,
    /// Where it runs.
    pub place: Option<At>,
    /// Whether it runs only sometimes.
    pub is_conditional: bool,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct At {
    /// The file.
    pub file: String,
    /// The one-based line.
    pub line: u32,
}

impl Explanation {
    /// As an indented list.
    pub fn text(&self) -> String {
        text::write(self)
    }
}
