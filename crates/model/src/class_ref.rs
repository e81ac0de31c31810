//! The name of a class in a project, stable while files neither come nor go.

use python::Name;

use crate::ModuleId;

/// A class at the head of a module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassRef {
    /// The module that defines it.
    pub module: ModuleId,
    /// Its name there.
    pub name: Name,
}

impl ClassRef {
    /// The class `name` of `module`.
    pub fn new(module: ModuleId, name: impl Into<Name>) -> Self {
        Self { module, name: name.into() }
    }
}
