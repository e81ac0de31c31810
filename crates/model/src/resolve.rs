//! What an import means: first party, third party, standard library; through re-exports, star imports and aliases.
//!
//! Two steps. [`step`] says what the statement names, from module names alone: an edge of the graph needs no more.
//! [`follow`] then walks the re-exports of a name to the module that defines it. Silence when unsure: a name that a
//! module doesn't visibly bind is taken to be bound there in a way that can't be seen (`globals()`, `with … as`).

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

/// What an import refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A module of the project.
    Module(ModuleId),
    /// A name that a module of the project defines or re-exports.
    Symbol {
        /// The module that the import names.
        module: ModuleId,
        /// The name.
        name: Name,
        /// The module that really defines it, after re-exports; the same where there are none. Where re-exports leave
        /// the project, the last module of the project (see [`Resolved::foreign`]).
        origin: ModuleId,
        /// Its name there; empty where the name is the module `origin` itself.
        origin_name: Name,
    },
    /// A PEP 420 package of the project: a folder without a file of its own.
    Namespace(Name),
    /// A module or name of the standard library, in full.
    Standard(Name),
    /// A module or name of an installed distribution, in full (`sqlalchemy.orm.Session`).
    ThirdParty(Name),
    /// Looks like first party (its first segment is), but nothing lies there.
    Missing(Name),
}

/// One resolved import; as many as the module's imports, in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// What it refers to.
    pub target: Target,
    /// The absolute dotted name as imported, relative dots resolved: `shop.domain.order.Order`.
    pub absolute: Name,
    /// Modules whose re-exports the name passed through, outermost first.
    pub via: Box<[ModuleId]>,
    /// What a name re-exported from outside of the project is there, in full: `sqlalchemy.orm.Session`.
    pub foreign: Option<Name>,
}

impl Resolved {
    /// The module of the project that is imported (the submodule of `from pkg import submodule`), if it is one.
    pub fn module(&self) -> Option<ModuleId> {
        match &self.target {
            Target::Module(id) => Some(*id),
            Target::Symbol { module, .. } => Some(*module),
            _ => None,
        }
    }

    /// The full name outside of the project, imported directly or through re-exports of the project.
    pub fn outside(&self) -> Option<&Name> {
        match &self.target {
            Target::Standard(name) | Target::ThirdParty(name) => Some(name),
            _ => self.foreign.as_ref(),
        }
    }
}

/// The facts of other modules that resolution needs.
pub(crate) trait Lookup {
    /// What a module imports.
    fn imports(&self, module: ModuleId) -> Arc<Imports>;
    /// Which names a module offers.
    fn exports(&self, module: ModuleId) -> Arc<Exports>;
}

/// Resolves imports over the modules of one project.
#[derive(Clone, Copy)]
pub(crate) struct Resolver<'a> {
    pub(crate) modules: &'a Modules,
    pub(crate) lookup: &'a dyn Lookup,
}

impl Resolver<'_> {
    /// What `import` refers to in `importer`.
    pub(crate) fn resolve(&self, importer: ModuleId, import: &Import) -> Resolved {
        let (step, absolute) = self.step(importer, import);
        self.finish(step, absolute)
    }

    /// What the absolute dotted name of a module or of a name in one refers to, as seen from `importer`.
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
