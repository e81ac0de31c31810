//! Import resolution: first party, third party, standard library; through re-exports, star imports and aliases.
//!
//! There are two steps. [`step`] determines what the statement names, from module names alone, which is sufficient for
//! the edges of the graph. [`follow`] then follows the re-exports of a name to the module that defines it. When unsure,
//! nothing is reported: a name that a module doesn't visibly bind is assumed to be bound there in an invisible way
//! (`globals()`, `with … as`).

mod builtin;
mod canonical;
mod follow;
mod head;
mod standard;
mod step;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use python::{Import, Imports, Name};

use crate::{Exports, ModuleId, Modules};
pub use builtin::is_builtin;
pub use canonical::canonical;
pub use head::Head;
pub use standard::is_standard;
pub(crate) use step::{Step, join};

/// The target of an import.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A project module.
    Module(ModuleId),
    /// A name that a project module defines or re-exports.
    Symbol {
        /// The module that the import names.
        module: ModuleId,
        /// The name.
        name: Name,
        /// The module that actually defines it, after following re-exports; otherwise the same module. If re-exports
        /// lead out of the project, the last project module (see [`Resolved::foreign`]).
        origin: ModuleId,
        /// Its name there; empty if the name refers to the module `origin` itself.
        origin_name: Name,
    },
    /// A PEP 420 package of the project: a folder without its own file.
    Namespace(Name),
    /// A module or name of the standard library, by full name.
    Standard(Name),
    /// A module or name of an installed distribution, by full name (`sqlalchemy.orm.Session`).
    ThirdParty(Name),
    /// Appears to be first party (its first segment is), but doesn't exist.
    Missing(Name),
}

/// A resolved import. Resolved imports have the same number and order as the module's imports.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// The target.
    pub target: Target,
    /// The absolute dotted name as imported, with relative dots resolved: `shop.domain.order.Order`.
    pub absolute: Name,
    /// The modules that re-export the name, outermost first.
    pub via: Box<[ModuleId]>,
    /// The full name of something re-exported from outside the project: `sqlalchemy.orm.Session`.
    pub foreign: Option<Name>,
}

impl Resolved {
    /// The imported project module (the submodule in `from pkg import submodule`), if it is one.
    pub fn module(&self) -> Option<ModuleId> {
        match &self.target {
            Target::Module(id) => Some(*id),
            Target::Symbol { module, .. } => Some(*module),
            _ => None,
        }
    }

    /// The full name outside the project, imported directly or through re-exports of the project.
    pub fn outside(&self) -> Option<&Name> {
        match &self.target {
            Target::Standard(name) | Target::ThirdParty(name) => Some(name),
            _ => self.foreign.as_ref(),
        }
    }
}

/// The facts of other modules that resolution needs.
pub(crate) trait Lookup {
    /// The imports of a module.
    fn imports(&self, module: ModuleId) -> Arc<Imports>;
    /// The names that a module exports.
    fn exports(&self, module: ModuleId) -> Arc<Exports>;
}

/// Resolves imports within the modules of one project.
#[derive(Clone, Copy)]
pub(crate) struct Resolver<'a> {
    pub(crate) modules: &'a Modules,
    pub(crate) lookup: &'a dyn Lookup,
}

impl Resolver<'_> {
    /// The target of `import` in `importer`.
    pub(crate) fn resolve(&self, importer: ModuleId, import: &Import) -> Resolved {
        let (step, absolute) = self.step(importer, import);
        self.finish(step, absolute)
    }

    /// Resolves the absolute dotted name of a module or of a name in one, as seen from `importer`.
    pub(crate) fn resolve_dotted(&self, importer: ModuleId, dotted: &str) -> Resolved {
        self.finish(self.dotted(self.modules[importer].root, dotted), dotted.into())
    }

    fn finish(&self, step: Step, absolute: Name) -> Resolved {
        let (target, via, foreign) = match step {
            Step::Module(id) => (Target::Module(id), Vec::new(), None),
            Step::Symbol(module, name) => {
                let followed = self.follow(module, &name);
                let (origin, origin_name) = (followed.origin, followed.origin_name);
                (Target::Symbol { module, name, origin, origin_name }, followed.via, followed.foreign)
            }
            Step::Namespace(name) => (Target::Namespace(name), Vec::new(), None),
            Step::Standard(name) => (Target::Standard(name), Vec::new(), None),
            Step::ThirdParty(name) => (Target::ThirdParty(name), Vec::new(), None),
            Step::Missing(name) => (Target::Missing(name), Vec::new(), None),
        };
        Resolved { target, absolute, via: via.into(), foreign }
    }
}
