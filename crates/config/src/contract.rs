//! Contracts, with import-linter's vocabulary, and tach's modules.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use crate::{Level, ModulePattern, NamePattern, Tach};

pub(crate) mod declared;
mod slots;

/// A declared promise about imports.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Its name, used in messages.
    pub name: SmolStr,
    /// What it requires.
    pub kind: ContractKind,
    /// Import edges that are exempt.
    pub ignore_imports: Vec<Edge>,
    /// Whether imports under `TYPE_CHECKING` are excluded.
    pub exclude_type_checking: bool,
    /// The modules that it considers.
    pub view: View,
    /// Whether an exception that matches no import is reported.
    pub alerts_unmatched: bool,
    /// The level of its findings. Error unless declared otherwise.
    pub level: Level,
    /// Additional text shown when it is violated.
    pub guidance: Option<SmolStr>,
    /// Its position in the configuration file.
    pub span: Span,
}

/// The modules that a contract considers: all of them, or those from which import-linter builds its graph.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The packages that are included with all their modules; empty for the whole project.
    pub roots: Vec<SmolStr>,
    /// Whether imports from elsewhere are included: other distributions, and the project outside of `roots`. Anything
    /// that a contract names without a wildcard is always included.
    pub external: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { roots: Vec::new(), external: true }
    }
}

impl View {
    /// Whether a project module is included with its imports.
    pub fn holds(&self, module: &str) -> bool {
        self.roots.is_empty()
            || self.roots.iter().any(|root| {
                module
                    .strip_prefix(root.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    }

    /// Whether the part of `pattern` outside of `roots` is included.
    pub fn sees_outside(&self, pattern: &ModulePattern) -> bool {
        self.external || pattern.is_literal()
    }
}

/// The types of contracts.
#[derive(Debug, Clone, PartialEq)]
pub enum ContractKind {
    /// A higher layer may import a lower one, but not vice versa.
    Layers {
        /// Highest first.
        layers: Vec<Vec<LayerSlot>>,
        /// Packages that each contain these layers; empty if the layers are absolute modules.
        containers: Vec<ModulePattern>,
        /// Whether every child of a container must be a layer.
        exhaustive: bool,
        /// Children exempt from `exhaustive`.
        exhaustive_ignores: Vec<SmolStr>,
        /// By layer, whether its modules (written with `|`) must not import each other.
        independent: Vec<bool>,
        /// By layer, whether it must not be skipped: higher layers must go through it.
        closed: Vec<bool>,
        /// Whether chains through modules without a layer are permitted, so that only direct imports count.
        allow_indirect: bool,
    },
    /// `sources` must not import `forbidden`, first or third party.
    Forbidden {
        /// The importing modules.
        sources: Vec<ModulePattern>,
        /// What they must not import.
        forbidden: Vec<ModulePattern>,
        /// Whether chains through other modules are permitted, so that only direct imports count.
        allow_indirect: bool,
        /// Whether sources and forbidden modules include everything below them. A source and a forbidden module of
        /// which one contains the other are not a pair: forbidding `app.*` to `app.orders` doesn't forbid `app.orders`
        /// to itself.
        as_packages: bool,
    },
    /// `modules` must not import each other, neither directly nor indirectly.
    Independence {
        /// The modules.
        modules: Vec<ModulePattern>,
    },
    /// Only `allowed` may import `protected` directly. Modules in the same protected package may import each other.
    Protected {
        /// The protected modules.
        protected: Vec<ModulePattern>,
        /// The modules that may import them.
        allowed: Vec<ModulePattern>,
        /// Whether protected modules and importers include everything below them.
        as_packages: bool,
        /// Names below a protected package that every module may import. The package itself, as in
        /// `import shop.orders`, may then be imported too.
        exposed: Vec<NamePattern>,
    },
    /// Modules whose last segment begins with an underscore may be imported only from their parent package.
    Private {
        /// The packages in which such modules are checked; empty for all.
        packages: Vec<ModulePattern>,
    },
    /// tach's modules, layers and interfaces.
    Tach(Arc<Tach>),
    /// Children of `ancestors` must not form cycles.
    Acyclic {
        /// The packages whose children are checked.
        ancestors: Vec<ModulePattern>,
        /// The number of generations below the children that are checked too; 0 for only the children.
        depth: u32,
        /// Packages whose children, and everything below, are exempt.
        skip: Vec<ModulePattern>,
    },
}

/// A module that forms a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerSlot {
    /// An absolute module, or one relative to each container.
    pub module: ModulePattern,
    /// Written in parentheses: it may be missing.
    pub optional: bool,
}

/// `importer -> imported`
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// The importing module.
    pub importer: ModulePattern,
    /// The imported module.
    pub imported: ModulePattern,
    /// Its position in the configuration file.
    pub span: Span,
}
