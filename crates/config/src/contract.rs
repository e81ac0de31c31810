//! Contracts in the field's types (the vocabulary of import-linter), and tach's modules.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use crate::{Level, ModulePattern, NamePattern, Tach};

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
    /// Which modules it sees.
    pub view: View,
    /// Whether an exception that matches no import is reported.
    pub alerts_unmatched: bool,
    /// How loudly it is told. Error unless declared otherwise.
    pub level: Level,
    /// Words shown where it is broken.
    pub guidance: Option<SmolStr>,
    /// Where it stands in the configuration file.
    pub span: Span,
}

/// Which modules a contract sees: all of them, or what import-linter builds its graph from.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The packages that are seen with all their modules; empty for the whole project.
    pub roots: Vec<SmolStr>,
    /// Whether what these import from elsewhere is seen: other distributions, and the project outside of `roots`. What
    /// a contract names without a wildcard is seen in any case.
    pub external: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { roots: Vec::new(), external: true }
    }
}

impl View {
    /// Whether a module of the project is seen with its imports.
    pub fn holds(&self, module: &str) -> bool {
        self.roots.is_empty()
            || self.roots.iter().any(|root| {
                module
                    .strip_prefix(root.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    }

    /// Whether the part of `pattern` that lies outside of `roots` is seen.
    pub fn sees_outside(&self, pattern: &ModulePattern) -> bool {
        self.external || pattern.is_literal()
    }
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
        /// Whether sources and forbidden modules count with all below them. A source and a forbidden module of which one
        /// holds the other are no pair: `app.*` forbidden to `app.orders` doesn't forbid `app.orders` to itself.
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
        /// Whether protected modules and importers count with all below them.
        as_packages: bool,
        /// Names below a protected package that everyone may import. The package itself, as in
        /// `import shop.orders`, may then be imported too.
        exposed: Vec<NamePattern>,
    },
    /// Modules whose last segment begins with an underscore may be imported from their parent package alone.
    Private {
        /// Packages in which such modules are looked at; empty for all.
        packages: Vec<ModulePattern>,
    },
    /// tach's modules, layers and interfaces.
    Tach(Arc<Tach>),
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
