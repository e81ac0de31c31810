//! Why a module is said to belong to a layer.

use config::Layer;

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

/// One reason, in words for a hover or a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The layer it speaks for.
    pub layer: Layer,
    /// How strongly.
    pub weight: u8,
    /// `lies in a folder named "routers"`, `defines an APIRouter`.
    pub reason: String,
}

impl Evidence {
    /// That the module lies in a folder of this name, at any depth.
    pub(crate) fn of_folder(name: &str) -> String {
        format!("{FOLDER}{name}\"")
    }

    /// That the module's file has this name.
    pub(crate) fn of_file(stem: &str) -> String {
        format!("{FILE}{stem}\"")
    }

    /// The name of the folder that it speaks of.
    pub fn folder(&self) -> Option<&str> {
        self.reason.strip_prefix(FOLDER)?.strip_suffix('"')
    }

    /// Whether it speaks of the module's place: of folders around it, or of its file.
    pub fn is_of_place(&self) -> bool {
        self.reason.starts_with(FOLDER) || self.reason.starts_with(FILE)
    }
}

const FOLDER: &str = "lies in a folder named \"";
const FILE: &str = "its file is named \"";

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
