//! Why a module is said to belong to a layer.

use std::fmt;

use config::Layer;
use python::Name;

/// How sure an inference is, in percent: 100 is declared, below 50 nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(pub u8);

/// Declared, or known by path: tests and migrations.
pub const CERTAIN: Confidence = Confidence(100);

/// What an inference can reach at most.
pub const MOST_INFERRED: Confidence = Confidence(97);

/// From here on rules may rest a finding on a layer. Verdicts below are shown, but no finding comes from them.
pub const SPEAKS: Confidence = Confidence(70);

/// The least that is shown at all.
pub const SHOWN: Confidence = Confidence(50);

/// One reason for a layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The layer it speaks for.
    pub layer: Layer,
    /// How strongly.
    pub weight: u8,
    /// What it rests on.
    pub reason: Reason,
}

/// What an [`Evidence`] rests on: data, put into words where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The module lies in a folder of this name, at any depth.
    Folder(Name),
    /// Its file has this name.
    File(Name),
    /// It defines a class of this name.
    Class(Name),
    /// It implements the project's port of this name, and reaches outside the process.
    Implements(Name),
    /// It lies among so many implementations of one base class that reach outside.
    Plugins {
        /// How many.
        count: u32,
        /// The base class.
        base: Name,
    },
    /// So many of the modules beside it are of the layer.
    Siblings {
        /// How many.
        count: u32,
        /// Of how many whose layer is known.
        all: u32,
    },
    /// Most modules of the package around it are of the layer.
    Package,
    /// The configuration declares it, with this pattern.
    Declared(Box<str>),
    /// What the contents or the imports say.
    Content(&'static str),
}

impl Evidence {
    /// The name of the folder that it speaks of.
    pub fn folder(&self) -> Option<&str> {
        match &self.reason {
            Reason::Folder(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it speaks of the module's place: of folders around it, or of its file.
    pub fn is_of_place(&self) -> bool {
        matches!(self.reason, Reason::Folder(_) | Reason::File(_))
    }
}

/// `lies in a folder named "routers"`, `defines an APIRouter`.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layer = self.layer;
        match &self.reason {
            Reason::Folder(name) => write!(f, "lies in a folder named \"{name}\""),
            Reason::File(name) => write!(f, "its file is named \"{name}\""),
            Reason::Class(name) => write!(f, "defines `{name}`"),
            Reason::Implements(name) => write!(f, "implements `{name}` and reaches outside"),
            Reason::Plugins { count, base } => {
                write!(f, "lies among {count} implementations of `{base}` that reach outside")
            }
            Reason::Siblings { count, all } => write!(f, "{count} of {all} modules around it are {layer}"),
            Reason::Package => write!(f, "most of the package around it is {layer}"),
            Reason::Declared(pattern) => write!(f, "declared by `{pattern}`"),
            Reason::Content(words) => f.write_str(words),
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
    /// How sure.
    pub confidence: Confidence,
    /// Strongest first.
    pub evidence: Box<[Evidence]>,
}

impl Verdict {
    /// Whether it is sure enough for a finding to rest on it.
    pub fn speaks(&self) -> bool {
        self.confidence >= SPEAKS
    }
}
