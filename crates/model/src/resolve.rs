//! What an import means: first party, third party, standard library; through re-exports, star imports and aliases.

use python::Name;

use crate::ModuleId;

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
        /// The module that really defines it, after re-exports; the same where there are none.
        origin: ModuleId,
        /// Its name there.
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
}
