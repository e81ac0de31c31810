//! Where the data of one request goes: from the client through the layers down to the tables that it reads and writes, and
//! to the services outside that it calls.

mod build;
mod drawing;
mod text;

use serde::Serialize;

use crate::graph::Graph;

pub use build::of_route;

/// The way of one request's data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DataFlow {
    /// The route: `GET /orders`.
    pub title: String,
    /// How many queries it runs, in symbols.
    pub cost: String,
    /// Where the data passes, from the client to the tables.
    pub stations: Vec<Station>,
    /// Who hands data to whom.
    pub flows: Vec<Flow>,
    /// What isn't drawn, in whole sentences.
    pub left_out: Vec<String>,
}

/// Something that data passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Station {
    /// Its name.
    pub title: String,
    /// What it is.
    pub kind: StationKind,
    /// The layer of its module.
    pub layer: Option<&'static str>,
    /// The file that defines it.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<u32>,
}

/// What data passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StationKind {
    /// Who sends the request.
    Client,
    /// What calls the handler.
    Framework,
    /// A class or a module of the project.
    Code,
    /// A table, by the entity that it holds.
    Table,
    /// A service outside, by the library that talks to it.
    Outside,
    /// What can't be resolved.
    Unknown,
}

/// One station hands data to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// The place of the one that begins in `stations`.
    pub from: usize,
    /// The place of the other in `stations`.
    pub to: usize,
    /// What is called, in the order of the first call.
    pub calls: Vec<String>,
    /// Whether it reads what is stored.
    pub reads: bool,
    /// Whether it changes what is stored.
    pub writes: bool,
    /// Over what it is repeated: `N(orders)`; nothing where it is done once.
    pub repeated: Vec<String>,
}

impl DataFlow {
    /// As a drawing: layers as lanes, and what lies beyond the project in none.
    pub fn graph(&self) -> Graph {
        drawing::graph(self)
    }

    /// As an indented list.
    pub fn text(&self) -> String {
        text::write(self)
    }
}
