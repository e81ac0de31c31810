//! What a part of the project claims about its layers, and on which grounds.

use std::fmt;

use camino::Utf8PathBuf;
use config::{Layer, Style};
use python::Name;

use crate::{Confidence, ModuleId};

/// A scope (a distribution, a configured folder, the project, or a bounded context inside one of them) with its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeStyle {
    /// The folder, relative to the project root; empty for the project itself.
    pub folder: Utf8PathBuf,
    /// The package, if it is a part of a distribution that deviates from the rest.
    pub package: Option<Name>,
    /// Which way is inward.
    pub style: Style,
    /// The grounds for the style, strongest first.
    pub grounds: Vec<Ground>,
    /// The directions that this style adds to those of every style, if there are modules that could violate them.
    pub claims: Vec<Claim>,
}

impl ScopeStyle {
    /// The claim that modules of `from` don't import those of `to`.
    pub fn claim(&self, from: Layer, to: Layer) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.from == from && claim.to == to)
    }

    /// A description of the grounds.
    pub fn reason(&self) -> String {
        let words: Vec<String> = self.grounds.iter().map(ToString::to_string).collect();
        words.join("; ")
    }

    /// A name for the scope: its package, or else its folder.
    pub fn name(&self) -> &str {
        match &self.package {
            Some(package) => package,
            None if self.folder.as_str().is_empty() => ".",
            None => self.folder.as_str(),
        }
    }
}

/// A direction that a scope claims to respect: modules of `from` don't import those of `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The importing layer.
    pub from: Layer,
    /// The layer that must not be imported.
    pub to: Layer,
    /// The confidence that the claim is intended.
    pub confidence: Confidence,
    /// The number of modules of `from` that need something from `to`.
    pub all: u32,
    /// The number of these that depend on a port.
    pub asking: u32,
    /// The modules of `from` that import `to`.
    pub breaking: Vec<ModuleId>,
}

/// Fewer violating modules than this are isolated mistakes rather than a practice.
const PRACTICE: usize = 3;

impl Claim {
    /// Whether most comparable modules violate it. This calls for one decision rather than for fixing each of them.
    pub fn is_broken_by_most(&self) -> bool {
        self.breaking.len() >= PRACTICE && self.breaking.len() >= 2 * self.asking as usize
    }
}

/// A ground for a style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// The configuration declares it.
    Declared,
    /// A contract places the infrastructure above the layers that it serves.
    Contract(Name),
    /// Sibling folders are named after the layers, or after ports and adapters.
    Folders(Vec<Name>),
    /// The infrastructure implements ports of the domain and application layers.
    Ports {
        /// The number of implemented ports.
        implemented: u32,
        /// The number of all ports.
        all: u32,
    },
    /// How modules access data or the outside.
    Practice {
        /// The number of modules that depend on a port.
        keeping: u32,
        /// The number of all such modules.
        all: u32,
    },
    /// This many packages contain layers of their own.
    Contexts(u32),
    /// The domain and application layers depend on no ports.
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
                f.write_str(" are side by side")
            }
            Ground::Ports { implemented, all } => {
                write!(
                    f,
                    "infrastructure implements {implemented} of {all} ports of the domain and the application"
                )
            }
            Ground::Practice { keeping, all } => {
                write!(f, "{keeping} of {all} inner modules that need infrastructure depend on a port")
            }
            Ground::Contexts(count) => write!(f, "{count} packages hold layers of their own"),
            Ground::NoPorts => f.write_str("the domain and the application depend on no ports"),
        }
    }
}
