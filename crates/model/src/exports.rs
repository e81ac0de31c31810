//! The names that a module exports.

use python::{ClassId, Definitions, FunctionId, ImportId, ImportKind, Imports, Name, Scope};
use rustc_hash::FxHashMap;

/// What a module-level name refers to.
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

/// The names that a module binds at its top level, and its star imports.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Exports {
    /// Sorted by name; the last binding of each name.
    pub names: Box<[(Name, Export)]>,
    /// Its star imports.
    pub stars: Box<[ImportId]>,
    /// `__all__`, if it is a literal.
    pub all: Option<Box<[Name]>>,
    /// Whether it defines `__getattr__`, so that any name may exist.
    pub is_dynamic: bool,
}

impl Exports {
    /// Derives them from a module's imports and definitions, which don't record the order in which names are bound. If
    /// several bindings share a name, the most informative one counts: an import with a fallback
    /// (`except ImportError`), a class, a function, another import, a variable. Of two imports, the one that runs
    /// counts.
    pub fn of(imports: &Imports, definitions: &Definitions) -> Self {
        const ALTERNATIVE: u8 = 5;
        let mut names: FxHashMap<Name, (u8, Export)> = FxHashMap::default();
        let mut bind = |name: &str, rank: u8, export: Export| {
            let slot = names.entry(name.into()).or_insert((rank, export));
            // Of equals the last one wins, as in Python; of alternatives, the first one is intended.
            if rank > slot.0 || (rank == slot.0 && rank != ALTERNATIVE) {
                *slot = (rank, export);
            }
        };
        for (index, variable) in definitions.variables.iter().enumerate() {
            if variable.scope == Scope::Module {
                bind(&variable.name, 0, Export::Variable(index as u32));
            }
        }
        let at_top_level = |scope: Scope| scope == Scope::Module;
        for (id, import) in imports.iter().filter(|(_, import)| at_top_level(import.context.scope)) {
            let rank = match (import.context.type_checking, import.context.optional) {
                (true, _) => 1,
                (false, false) => 2,
                (false, true) => ALTERNATIVE,
            };
            if let Some(name) = import.bound_name() {
                bind(name, rank, Export::Import(id));
            }
        }
        for (id, function) in definitions.functions().filter(|(_, function)| at_top_level(function.scope)) {
            bind(&function.name, 3, Export::Function(id));
        }
        for (id, class) in definitions.classes().filter(|(_, class)| at_top_level(class.scope)) {
            bind(&class.name, 4, Export::Class(id));
        }
        let lazily = names.get("__getattr__").and_then(|(_, it)| match it {
            Export::Function(id) => Some(*id),
            _ => None,
        });
        let is_dynamic = lazily.is_some();
        // `def __getattr__(name)` imports what it hands out.
        for (id, import) in imports.iter().filter(|(_, it)| it.context.function.is_some()) {
            if import.context.function == lazily
                && let Some(name) = import.bound_name()
            {
                names.entry(name.into()).or_insert((0, Export::Import(id)));
            }
        }
        let mut names: Vec<(Name, Export)> = names.into_iter().map(|(name, (_, it))| (name, it)).collect();
        names.sort_by(|(left, _), (right, _)| left.cmp(right));
        let is_star =
            |import: &python::Import| import.kind == ImportKind::Star && at_top_level(import.context.scope);
        let stars = imports.iter().filter(|(_, import)| is_star(import)).map(|(id, _)| id).collect();
        Self { names: names.into(), stars, all: definitions.all.clone(), is_dynamic }
    }

    /// What `name` refers to.
    pub fn get(&self, name: &str) -> Option<Export> {
        let index = self.names.binary_search_by(|(candidate, _)| candidate.as_str().cmp(name)).ok()?;
        Some(self.names[index].1)
    }

    /// Whether `name` belongs to the module's public interface: listed in `__all__`, or without a leading underscore.
    pub fn is_public(&self, name: &str) -> bool {
        match &self.all {
            Some(all) => all.iter().any(|candidate| candidate == name),
            None => !name.starts_with('_'),
        }
    }
}
