//! Which names a module offers to others.

use python::{ClassId, FunctionId, ImportId, Name};

/// What a name at the head of a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Export {
    /// A class.
    Class(ClassId),
    /// A function.
    Function(FunctionId),
    /// A variable; index in `Definitions::variables`.
    Variable(u32),
    /// Imported: a re-export.
    Import(ImportId),
}

/// The names that a module binds at its top level, and where its stars point.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Exports {
    /// Sorted by name; the last binding of each name.
    pub names: Box<[(Name, Export)]>,
    /// Its star imports.
    pub stars: Box<[ImportId]>,
    /// `__all__`, if it is written out.
    pub all: Option<Box<[Name]>>,
    /// Whether it defines `__getattr__`: then any name may exist.
    pub is_dynamic: bool,
}

impl Exports {
    /// What `name` is.
    pub fn get(&self, name: &str) -> Option<Export> {
        let index = self.names.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(self.names[index].1)
    }

    /// Whether `name` belongs to the module's public interface: in `__all__`, or without a leading underscore.
    pub fn is_public(&self, name: &str) -> bool {
        match &self.all {
            Some(all) => all.iter().any(|candidate| candidate == name),
            None => !name.starts_with('_'),
        }
    }
}
