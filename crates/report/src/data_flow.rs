//! The data flow of one request: from the client through the layers down to the tables that it reads and writes, and to
//! the external services that it calls.

mod build;
mod drawing;
mod text;

use serde::Serialize;

use crate::graph::Graph;

pub use build::of_route;

/// The data flow of one request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DataFlow {
    /// The route: `GET /orders`.
    pub title: String,
    /// How many queries it runs, symbolically.
    pub cost: String,
    /// The stations of the data, from the client to the tables.
    pub stations: Vec<Station>,
    /// The flows between stations.
    pub flows: Vec<Flow>,
    /// What isn't drawn, in complete sentences.
    pub left_out: Vec<String>,
}

/// A station of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Station {
    /// Its name.
    pub title: String,
    /// Its kind.
    pub kind: StationKind,
    /// The layer of its module.
    pub layer: Option<&'static str>,
    /// The file that defines it.
    pub file: Option<String>,
    /// The one-based line there.
    pub line: Option<u32>,
}

/// The kind of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StationKind {
    /// The sender of the request.
    Client,
    /// The caller of the handler.
    Framework,
    /// A class or a module of the project.
    Code,
    /// A table, represented by its entity.
    Table,
    /// An external service, represented by the library that accesses it.
    Outside,
    /// An unresolved target.
    Unknown,
}

/// A flow of data from one station to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// The index of the source in `stations`.
    pub from: usize,
    /// The index of the target in `stations`.
    pub to: usize,
    /// The calls, in the order of the first call.
    pub calls: Vec<String>,
    /// Whether it reads stored data.
    pub reads: bool,
    /// Whether it changes stored data.
    pub writes: bool,
    /// The loops that repeat it: `N(orders)`; empty if it happens once.
    pub repeated: Vec<String>,
}

impl DataFlow {
    /// As a drawing: layers as lanes, and everything outside the project in none.
    pub fn graph(&self) -> Graph {
        drawing::graph(self)
    }

    /// As an indented list.
    pub fn text(&self) -> String {
        text::write(self)
    }
}
