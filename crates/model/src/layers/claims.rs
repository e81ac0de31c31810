//! What a part of the project claims about its layers, and what speaks for it.

use std::fmt;

use camino::Utf8PathBuf;
use config::{Layer, Style};
use python::Name;

use crate::{Confidence, ModuleId};

/// A scope (a distribution, a configured folder, the project, or a bounded context in one of them) with its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeStyle {
    /// The folder, relative to the project's root; empty for the project.
    pub folder: Utf8PathBuf,
    /// The package, where it is a part of a distribution that claims something else than the rest.
    pub package: Option<Name>,
    /// Which way is inward.
    pub style: Style,
    /// What it rests on, strongest first.
    pub grounds: Vec<Ground>,
    /// The directions that this style adds to those of every style, in so far as there are modules that could break them.
    pub claims: Vec<Claim>,
}

impl ScopeStyle {
    /// The claim that modules of `from` don't import those of `to`.
    pub fn claim(&self, from: Layer, to: Layer) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.from == from && claim.to == to)
    }

    /// What it rests on, in words.
    pub fn reason(&self) -> String {
        let words: Vec<String> = self.grounds.iter().map(ToString::to_string).collect();
        words.join("; ")
    }

    /// The scope, in words: its package, else its folder.
    pub fn name(&self) -> &str {
        match &self.package {
            Some(package) => package,
            None if self.folder.as_str().is_empty() => ".",
            None => self.folder.as_str(),
        }
    }
}

/// A direction that a scope claims to keep: modules of `from` don't import those of `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who imports.
    pub from: Layer,
    /// What is not imported.
    pub to: Layer,
    /// How sure it is that this is meant.
    pub confidence: Confidence,
    /// Modules of `from` that need what `to` offers.
    pub all: u32,
    /// Of those, how many ask for a port.
    pub asking: u32,
    /// Modules of `from` that import `to`.
    pub breaking: Vec<ModuleId>,
}

/// Fewer modules that break a claim are single faults, not a practice.
const PRACTICE: usize = 3;

impl Claim {
    /// Whether most comparable modules break it: one decision to take, not as many faults.
    pub fn is_broken_by_most(&self) -> bool {
        self.breaking.len() >= PRACTICE && self.breaking.len() >= 2 * self.asking as usize
    }
}

/// What a style rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// The configuration says so.
    Declared,
    /// A contract says that the infrastructure lies above what it serves.
    Contract(Name),
    /// Folders beside each other are named after the layers, or after ports and adapters.
    Folders(Vec<Name>),
    /// The infrastructure implements ports of the domain and the application.
    Ports {
        /// How many.
        implemented: u32,
        /// Of how many.
        all: u32,
    },
    /// What the modules do that reach for data or for the outside.
    Practice {
        /// How many ask for a port.
        keeping: u32,
        /// Of how many.
        all: u32,
    },
    /// Packages hold layers of their own.
    Contexts(u32),
    /// The domain and the application ask for no ports.
    NoPorts,
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ground::Declared => f.write_str("it is declared"),
            Ground::Contract(name) => write!(f, "the contract \"{name}\" declares it"),
            Ground::Folders(names) => {
                for (index, name) in names.iter().enumerate() {
                    let before = match index {
                        0 => "",
                        _ if index + 1 == names.len() => " and ",
                        _ => ", ",
                    };
                    write!(f, "{before}`{name}`")?;
                }
                f.write_str(" lie side by side")
            }
            Ground::Ports { implemented, all } => {
                write!(
                    f,
                    "infrastructure implements {implemented} of {all} ports of the domain and the application"
                )
            }
            Ground::Practice { keeping, all } => {
                write!(f, "{keeping} of {all} inner modules that need infrastructure ask for a port")
            }
            Ground::Contexts(count) => write!(f, "{count} packages hold layers of their own"),
            Ground::NoPorts => f.write_str("the domain and the application ask for no ports"),
        }
    }
}
