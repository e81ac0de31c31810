//! The final meaning of a module-level name, after imports, re-exports and star imports.

use python::{FunctionId, ImportId, ImportKind, Name};
use source::File;

use super::{Resolved, Resolver, Step, Target, canonical, is_builtin, join};
use crate::{ClassRef, Export, ModuleId, RootId};

/// The final meaning of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Head {
    /// A module-level class of the project.
    Class(ClassRef),
    /// A module-level function of the project.
    Function(ModuleId, FunctionId),
    /// A module-level variable of the project.
    Variable(ModuleId, Name),
    /// A project module.
    Module(ModuleId),
    /// A folder of the project without its own file, by a root that it is visible from and its dotted name there.
    Namespace(RootId, Name),
    /// Something outside the project, by its canonical full name: `sqlalchemy.select`, `builtins.len`.
    Foreign(Name),
    /// Unresolved.
    Unknown,
}

impl Resolver<'_> {
    /// Resolves `name` in code of `module`: bound at module level, or a builtin.
    pub(crate) fn head(&self, module: ModuleId, name: &str, resolved: &dyn Fn(File) -> ResolvedList) -> Head {
        match self.member(module, name, resolved) {
            Head::Unknown if is_builtin(name) && !self.binds(Some(module), name) => {
                Head::Foreign(join("builtins", name))
            }
            found => found,
        }
    }

    /// Resolves `module.name`: bound at module level, or a submodule.
    pub(crate) fn member(
        &self,
        module: ModuleId,
        name: &str,
        resolved: &dyn Fn(File) -> ResolvedList,
    ) -> Head {
        let exports = self.lookup.exports(module);
        match exports.get(name) {
            Some(Export::Import(id)) => self.imported(module, id, resolved),
            Some(export) => bound(module, name, export),
            None => {
                if !exports.stars.is_empty() {
                    let followed = self.follow(module, name);
                    if let Some(full) = &followed.foreign {
                        return Head::Foreign(canonical(full));
                    }
                    if followed.origin != module {
                        return self.defined(followed.origin, &followed.origin_name);
                    }
                }
                self.below(self.modules[module].root, &self.modules[module].name, name)
            }
        }
    }

    /// Resolves the name that an import of `module` binds.
    pub(crate) fn imported(
        &self,
        module: ModuleId,
        id: ImportId,
        resolved: &dyn Fn(File) -> ResolvedList,
    ) -> Head {
        let imports = self.lookup.imports(module);
        let Some(import) = imports.list.get(id.0 as usize) else { return Head::Unknown };
        match (import.kind, import.module.split_once('.')) {
            // `import a.b` binds `a`.
            (ImportKind::Module, Some((first, _))) if import.alias.is_none() => {
                match self.whole(self.modules[module].root, first, false) {
                    Step::Module(id) => Head::Module(id),
                    // A plain folder at the top level belongs to the project if something below it is imported.
                    _ if self.modules.is_namespace(first) => {
                        Head::Namespace(self.modules[module].root, first.into())
                    }
                    Step::Standard(name) | Step::ThirdParty(name) => Head::Foreign(name),
                    _ => Head::Unknown,
                }
            }
            _ => match resolved(self.modules[module].file).get(id.0 as usize) {
                Some(resolved) => self.target(module, resolved),
                None => Head::Unknown,
            },
        }
    }

    /// Resolves `package.name`, as seen from `root`.
    pub(crate) fn below(&self, root: RootId, package: &str, name: &str) -> Head {
        let full = join(package, name);
        match self.modules.by_name(&full, root) {
            Some(submodule) => Head::Module(submodule),
            None if self.modules.is_namespace(&full) => Head::Namespace(root, full),
            None => Head::Unknown,
        }
    }

    fn target(&self, importer: ModuleId, resolved: &Resolved) -> Head {
        if let Some(full) = resolved.outside() {
            return Head::Foreign(canonical(full));
        }
        match &resolved.target {
            Target::Module(id) => Head::Module(*id),
            Target::Symbol { origin, origin_name, .. } => self.defined(*origin, origin_name),
            Target::Namespace(name) => Head::Namespace(self.modules[importer].root, name.clone()),
            Target::Standard(_) | Target::ThirdParty(_) | Target::Missing(_) => Head::Unknown,
        }
    }

    /// A name bound by `module` itself; the module if `name` is empty.
    fn defined(&self, module: ModuleId, name: &str) -> Head {
        if name.is_empty() {
            return Head::Module(module);
        }
        match self.lookup.exports(module).get(name) {
            Some(export) => bound(module, name, export),
            None => Head::Unknown,
        }
    }
}

/// The resolved imports of a file.
pub(crate) type ResolvedList = std::sync::Arc<[Resolved]>;

fn bound(module: ModuleId, name: &str, export: Export) -> Head {
    match export {
        Export::Class(_) => Head::Class(ClassRef::new(module, name)),
        Export::Function(id) => Head::Function(module, id),
        Export::Variable(_) => Head::Variable(module, name.into()),
        // Re-exports were already followed as far as possible.
        Export::Import(_) => Head::Unknown,
    }
}
