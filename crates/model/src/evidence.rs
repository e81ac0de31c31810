//! Why a module is assigned to a layer.

use std::fmt;

use config::Layer;
use python::Name;

/// The confidence of an inference, in percent: 100 is declared; below 50 it is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(pub u8);

/// Declared, or known by path: tests and migrations.
pub const CERTAIN: Confidence = Confidence(100);

/// The maximum of an inferred confidence.
pub const MOST_INFERRED: Confidence = Confidence(97);

/// From this confidence on, rules may base findings on a layer. Verdicts below are shown, but produce no findings.
pub const SPEAKS: Confidence = Confidence(70);

/// The minimum that is shown at all.
pub const SHOWN: Confidence = Confidence(50);

/// One reason for a layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The layer that it supports.
    pub layer: Layer,
    /// How strongly it supports it.
    pub weight: u8,
    /// What it is based on.
    pub reason: Reason,
}

/// What an [`Evidence`] is based on, as data. It is turned into words where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The module is in a folder of this name, at any depth.
    Folder(Name),
    /// Its file has this name.
    File(Name),
    /// It defines a class of this name.
    Class(Name),
    /// It implements the project's port of this name, and accesses something outside the process.
    Implements(Name),
    /// It is among several implementations of one base class that access something outside.
    Plugins {
        /// The number of implementations.
        count: u32,
        /// The base class.
        base: Name,
    },
    /// This many of its sibling modules belong to the layer.
    Siblings {
        /// The number of siblings in the layer.
        count: u32,
        /// The number of siblings with a known layer.
        all: u32,
    },
    /// Most modules of the enclosing package belong to the layer.
    Package,
    /// The configuration declares it, with this pattern.
    Declared(Box<str>),
    /// It has ports that adapters of other modules inherit from, or asks for such ports.
    Ports(&'static str),
    /// The contents or the imports indicate it.
    Content(&'static str),
}

impl Evidence {
    /// The name of the folder that it refers to.
    pub fn folder(&self) -> Option<&str> {
        match &self.reason {
            Reason::Folder(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it shows what the module is meant as: its location, or the ports between it and the adapters.
    pub fn is_deliberate(&self) -> bool {
        self.is_of_place() || matches!(self.reason, Reason::Ports(_))
    }

    /// Whether it refers to the module's location: the enclosing folders, or its file.
    pub fn is_of_place(&self) -> bool {
        matches!(self.reason, Reason::Folder(_) | Reason::File(_))
    }
}

/// Formats it: `is in a folder named "routers"`, `defines an APIRouter`.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layer = self.layer;
        match &self.reason {
            Reason::Folder(name) => write!(f, "is in a folder named \"{name}\""),
            Reason::File(name) => write!(f, "its file is named \"{name}\""),
            Reason::Class(name) => write!(f, "defines `{name}`"),
            Reason::Implements(name) => write!(f, "implements `{name}` and reaches outside"),
            Reason::Plugins { count, base } => {
                write!(f, "is among {count} implementations of `{base}` that reach outside")
            }
            Reason::Siblings { count, all } => write!(f, "{count} of {all} modules around it are {layer}"),
            Reason::Package => write!(f, "most of the package around it is {layer}"),
            Reason::Declared(pattern) => write!(f, "declared by `{pattern}`"),
            Reason::Ports(words) | Reason::Content(words) => f.write_str(words),
        }
    }
}

impl From<&'static str> for Reason {
    fn from(words: &'static str) -> Self {
        Self::Content(words)
    }
}

/// A module's layer, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The layer.
    pub layer: Layer,
    /// The confidence.
    pub confidence: Confidence,
    /// Strongest first.
    pub evidence: Box<[Evidence]>,
}

impl Verdict {
    /// Whether its confidence is sufficient for findings.
    pub fn speaks(&self) -> bool {
        self.confidence >= SPEAKS
    }
}
