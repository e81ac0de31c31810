//! Contracts in the field's types (the vocabulary of import-linter, which tach's modules are translated to).

use smol_str::SmolStr;
use source::Span;

use crate::{Level, ModulePattern, NamePattern};

pub(crate) mod declared;
mod slots;

/// A declared promise about imports.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Its name, for messages.
    pub name: SmolStr,
    /// What is promised.
    pub kind: ContractKind,
    /// Edges it doesn't count.
    pub ignore_imports: Vec<Edge>,
    /// Whether imports under `TYPE_CHECKING` are left out.
    pub exclude_type_checking: bool,
    /// How loudly it is told. Error unless declared otherwise.
    pub level: Level,
    /// Words shown where it is broken.
    pub guidance: Option<SmolStr>,
    /// Where it stands in the configuration file.
    pub span: Span,
}

/// The types of contracts.
#[derive(Debug, Clone, PartialEq)]
pub enum ContractKind {
    /// A higher layer may import a lower one, never the other way.
    Layers {
        /// Highest first.
        layers: Vec<Vec<LayerSlot>>,
        /// Packages that each hold these layers; empty where the layers are absolute modules.
        containers: Vec<ModulePattern>,
        /// Every child of a container must be a layer.
        exhaustive: bool,
        /// Children left out of `exhaustive`.
        exhaustive_ignores: Vec<SmolStr>,
        /// Whether modules of one layer (written with `|`) must not import each other, by layer.
        independent: Vec<bool>,
        /// Layers that may not be skipped: a higher layer must go through it. By layer.
        closed: Vec<bool>,
        /// Whether chains through modules without a layer are left out: only direct imports count.
        allow_indirect: bool,
    },
    /// `sources` must not import `forbidden`, first or third party.
    Forbidden {
        /// Importers.
        sources: Vec<ModulePattern>,
        /// What they must not import.
        forbidden: Vec<ModulePattern>,
        /// Whether chains through other modules are allowed: only direct imports count.
        allow_indirect: bool,
        /// Whether sources and forbidden modules count with all below them. An importer and an imported module that
        /// both lie in one of them, or of which one holds the other, are no violation: who forbids `app.*` to
        /// `app.orders` doesn't forbid it to itself.
        as_packages: bool,
    },
    /// `modules` must not import each other, also not through others.
    Independence {
        /// The modules.
        modules: Vec<ModulePattern>,
    },
    /// Only `allowed` may import `protected` directly. What lies in one protected package may import itself.
    Protected {
        /// What is protected.
        protected: Vec<ModulePattern>,
        /// Who may import it.
        allowed: Vec<ModulePattern>,
        /// Whether a protected package counts as one with its children.
        as_packages: bool,
        /// Names below a protected package that everyone may import (tach's `expose`). The package itself, as in
        /// `import shop.orders`, may then be imported too.
        exposed: Vec<NamePattern>,
    },
    /// Children of `ancestors` must not form cycles.
    Acyclic {
        /// Packages whose children are looked at.
        ancestors: Vec<ModulePattern>,
        /// How many generations below the children are looked at too; 0 for the children alone.
        depth: u32,
        /// Packages whose children, and all below, are left out.
        skip: Vec<ModulePattern>,
    },
}

/// A module in a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerSlot {
    /// Absolute, or relative to each container.
    pub module: ModulePattern,
    /// Written in parentheses: may be missing.
    pub optional: bool,
}

/// `importer -> imported`
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Who imports.
    pub importer: ModulePattern,
    /// What is imported.
    pub imported: ModulePattern,
    /// Where it stands in the configuration file.
    pub span: Span,
}
