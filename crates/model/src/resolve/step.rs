//! What an import statement names, before re-exports are followed.

use python::{Import, ImportKind, Name};

use super::{Resolver, is_standard};
use crate::{Export, ModuleId, RootId};

/// What an import statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A project module.
    Module(ModuleId),
    /// A name in a project module.
    Symbol(ModuleId, Name),
    /// A project folder without `__init__`.
    Namespace(Name),
    /// Something from the standard library.
    Standard(Name),
    /// Something from an installed distribution.
    ThirdParty(Name),
    /// Nothing, although it would belong to the project.
    Missing(Name),
}

impl Step {
    /// The imported project module.
    pub(crate) fn module(&self) -> Option<ModuleId> {
        match self {
            Step::Module(id) | Step::Symbol(id, _) => Some(*id),
            _ => None,
        }
    }
}

impl Resolver<'_> {
    /// What `import` in `importer` names, and its absolute dotted name.
    pub(crate) fn step(&self, importer: ModuleId, import: &Import) -> (Step, Name) {
        let root = self.modules[importer].root;
        let Some(module) = self.absolute_module(importer, import) else {
            let written = join(&import.module, import.name.as_deref().unwrap_or_default());
            return (Step::Missing(written.clone()), written);
        };
        match (import.kind, import.name.as_deref()) {
            (ImportKind::From, Some(name)) => {
                let absolute = join(&module, name);
                (self.from(root, &module, name, import.level > 0), absolute)
            }
            (ImportKind::Dynamic, _) => (self.dotted(root, &module), module),
            _ => (self.whole(root, &module, import.level > 0), module),
        }
    }

    /// The dotted module with relative dots resolved; `None` if they lead out of the root.
    fn absolute_module(&self, importer: ModuleId, import: &Import) -> Option<Name> {
        if import.level == 0 {
            return Some(import.module.clone());
        }
        let info = &self.modules[importer];
        let mut package = info.name.as_str();
        let up = usize::from(import.level) - usize::from(info.is_package);
        for level in 0..up {
            // A module directly in a root may still be used as part of a package.
            package = match package.rsplit_once('.') {
                Some((parent, _)) => parent,
                None if level == 0 && !package.is_empty() => "",
                None => return None,
            };
        }
        Some(join(package, &import.module))
    }

    /// `from module import name`
    fn from(&self, root: RootId, module: &str, name: &str, is_relative: bool) -> Step {
        let full = join(module, name);
        let package = self.modules.by_name(module, root);
        let submodule = self.modules.by_name(&full, root);
        if !is_relative && self.is_hidden(root, module, submodule.is_some(), || self.binds(package, name)) {
            return Step::Standard(full);
        }
        match (package, submodule) {
            (Some(package), Some(submodule)) => self.shadow(package, submodule, name),
            (None, Some(submodule)) => Step::Module(submodule),
            (Some(package), None) if self.modules.is_namespace(&full) && !self.binds(Some(package), name) => {
                Step::Namespace(full)
            }
            (Some(package), None) => Step::Symbol(package, name.into()),
            (None, None) if self.modules.is_namespace(&full) => Step::Namespace(full),
            (None, None) => self.nothing(&full, is_relative),
        }
    }

    /// A package that binds the name of its submodule: a class or function takes precedence, as does something imported
    /// from the submodule itself (`from .order import order`). Otherwise importing the submodule has set the name.
    fn shadow(&self, package: ModuleId, submodule: ModuleId, name: &str) -> Step {
        match self.lookup.exports(package).get(name) {
            Some(Export::Class(_) | Export::Function(_)) => Step::Symbol(package, name.into()),
            Some(Export::Import(id)) => {
                let imports = self.lookup.imports(package);
                let import = &imports[id];
                let is_from_it = import.kind == ImportKind::From
                    && self.absolute_module(package, import).is_some_and(|module| {
                        self.modules.by_name(&module, self.modules[package].root) == Some(submodule)
                    });
                match &import.name {
                    Some(inner) if is_from_it => Step::Symbol(submodule, inner.clone()),
                    _ => Step::Module(submodule),
                }
            }
            _ => Step::Module(submodule),
        }
    }

    /// `import module`, `from module import *`
    pub(crate) fn whole(&self, root: RootId, module: &str, is_relative: bool) -> Step {
        let found = self.modules.by_name(module, root);
        let is_nested = module.contains('.');
        if !is_relative && self.is_hidden(root, module, is_nested && found.is_some(), || false) {
            return Step::Standard(module.into());
        }
        match found {
            Some(id) => Step::Module(id),
            // A plain folder at the top level never hides an installed package, and importing it alone is useless.
            None if (is_nested || is_relative) && self.modules.is_namespace(module) => {
                Step::Namespace(module.into())
            }
            None => self.nothing(module, is_relative),
        }
    }

    /// A dotted name that may refer to a module or to a name in one: `app.core.db`, `app.core.db.Session`.
    pub(crate) fn dotted(&self, root: RootId, dotted: &str) -> Step {
        let whole = self.whole(root, dotted, false);
        if whole.module().is_some() || matches!(whole, Step::Namespace(_)) {
            return whole;
        }
        match dotted.rsplit_once('.') {
            Some((module, name)) if self.modules.by_name(module, root).is_some() => {
                self.from(root, module, name, false)
            }
            _ => whole,
        }
    }

    /// Whether the standard library hides the project's module of the same name. It does unless the import uses
    /// something that only the project has: `from calendar.models import Event`.
    fn is_hidden(&self, root: RootId, module: &str, is_found: bool, binds: impl FnOnce() -> bool) -> bool {
        let mut segments = module.split('.');
        let first = segments.next().unwrap_or_default();
        if !is_standard(first) || is_found {
            return false;
        }
        let is_nested = segments.next().is_some();
        !(binds() || is_nested && self.modules.by_name(module, root).is_some())
    }

    /// Whether more than the first segment leads into a project folder, which a coincidence of names rarely explains.
    fn is_half_known(&self, full: &str) -> bool {
        let mut known = full;
        while let Some((rest, _)) = known.rsplit_once('.').filter(|(rest, _)| rest.contains('.')) {
            if self.modules.is_namespace(rest) || self.modules.is_first_party(rest) {
                return true;
            }
            known = rest;
        }
        false
    }

    pub(super) fn binds(&self, module: Option<ModuleId>, name: &str) -> bool {
        module.is_some_and(|module| self.lookup.exports(module).get(name).is_some())
    }

    /// The result if the project has nothing with this name.
    fn nothing(&self, full: &str, is_relative: bool) -> Step {
        let first = full.split('.').next().unwrap_or_default();
        if is_relative {
            Step::Missing(full.into())
        } else if is_standard(first) {
            Step::Standard(full.into())
        } else if self.modules.is_first_party(first) || self.is_half_known(full) {
            Step::Missing(full.into())
        } else {
            Step::ThirdParty(full.into())
        }
    }
}

/// `module.name`; either part may be empty.
pub(crate) fn join(module: &str, name: &str) -> Name {
    match (module.is_empty(), name.is_empty()) {
        (true, _) => name.into(),
        (false, true) => module.into(),
        (false, false) => format!("{module}.{name}").into(),
    }
}
