//! References to project classes by name, stable as long as no files are added or removed.

use python::Name;

use crate::ModuleId;

/// A module-level class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassRef {
    /// The module that defines it.
    pub module: ModuleId,
    /// The name of the class in that module.
    pub name: Name,
}

impl ClassRef {
    /// The class `name` of `module`.
    pub fn new(module: ModuleId, name: impl Into<Name>) -> Self {
        Self { module, name: name.into() }
    }
}
