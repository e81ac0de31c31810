//! A drawing: boxes in lanes, arrows with the imports behind them, and what was left out.
//!
//! A drawing contains no layout. Writers turn it into Mermaid, DOT, D2 or JSON; its order is the order of its lists, so
//! the same drawing gives the same bytes.

mod d2;
mod dot;
mod limits;
mod mermaid;
mod parts;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use d2::d2;
pub(crate) use d2::quoted;
pub use dot::dot;
pub(crate) use dot::{escaped, html};
pub use limits::{MOST_BOXES, MOST_EDGES};
pub use mermaid::mermaid;

/// A picture of boxes and arrows.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Graph {
    /// Its title.
    pub title: String,
    /// Groups of boxes, from the outermost inward. Empty for a picture without lanes.
    pub lanes: Vec<Lane>,
    /// The boxes.
    pub boxes: Vec<Node>,
    /// The arrows; each connects two boxes, by index in `boxes`.
    pub edges: Vec<Edge>,
    /// What isn't drawn, and what marks mean, in complete sentences.
    pub left_out: Vec<String>,
}

/// A group of boxes with a heading, such as a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The heading.
    pub title: String,
}

/// One box.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Node {
    /// Its subject, unique in the drawing and stable between runs: a dotted name, a service.
    pub key: String,
    /// Its text.
    pub title: String,
    /// More lines below the title.
    pub details: Vec<String>,
    /// The index of its lane in `lanes`.
    pub lane: Option<usize>,
    /// Its kind.
    pub kind: Kind,
    /// The names that it represents, if there are several.
    pub holds: Vec<String>,
    /// The file to open, if any.
    pub file: Option<String>,
    /// The one-based line to open.
    pub line: Option<u32>,
}

/// The kind of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A Python package.
    #[default]
    Package,
    /// A Python module.
    Module,
    /// A bounded context.
    Context,
    /// A running process.
    Service,
    /// A database, a cache or a bucket.
    Store,
    /// A broker or a queue.
    Queue,
    /// Something outside the project.
    External,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Edge {
    /// The index of its source box.
    pub from: usize,
    /// The index of its target box.
    pub to: usize,
    /// Its label.
    pub label: Option<String>,
    /// Whether it is allowed.
    pub verdict: Verdict,
    /// The imports behind it, by file and line.
    pub imports: Vec<Import>,
}

/// Whether an arrow is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Verdict {
    /// Allowed.
    #[default]
    Fine,
    /// It closes a cycle, and is among the cheapest to remove.
    Cycle,
    /// It breaks the direction of layers or a contract.
    Against {
        /// The broken rule.
        reason: String,
    },
    /// One end refers to something that is missing at the other.
    Unknown {
        /// The missing item.
        reason: String,
    },
}

impl Verdict {
    /// Whether it is drawn like an ordinary arrow.
    pub fn is_fine(&self) -> bool {
        matches!(self, Self::Fine)
    }

    /// Why it isn't fine.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Fine => None,
            Self::Cycle => Some("closes a cycle"),
            Self::Against { reason } | Self::Unknown { reason } => Some(reason),
        }
    }
}

/// One import behind an arrow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Import {
    /// The file that contains it.
    pub file: String,
    /// Its one-based line.
    pub line: u32,
    /// The importing module.
    pub importer: String,
    /// The imported module.
    pub imported: String,
    /// When it runs.
    pub when: When,
}

/// When an import runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// When the module is loaded.
    Load,
    /// When a function is called.
    Call,
    /// Never: for type checkers only.
    Types,
    /// When `import_module` is called.
    Dynamic,
}

impl Import {
    /// One import of an architecture, with names.
    pub fn of(architecture: &ide::architecture::Architecture, import: &ide::architecture::Import) -> Self {
        let (from, to) =
            (&architecture.modules[import.from as usize], &architecture.modules[import.to as usize]);
        Self {
            file: from.path.to_string(),
            line: import.line,
            importer: from.name.clone(),
            imported: to.name.clone(),
            when: When::from(import.when),
        }
    }
}

impl When {
    /// As text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Load => "at the top level",
            Self::Call => "in a function",
            Self::Types => "for type checkers",
            Self::Dynamic => "by name",
        }
    }
}

impl From<ide::architecture::ImportTime> for When {
    fn from(time: ide::architecture::ImportTime) -> Self {
        use ide::architecture::ImportTime;
        match time {
            ImportTime::Load => Self::Load,
            ImportTime::Call => Self::Call,
            ImportTime::TypeChecking => Self::Types,
            ImportTime::Dynamic => Self::Dynamic,
        }
    }
}
