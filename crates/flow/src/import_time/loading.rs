//! Import statements: what they load and what they bind.

use model::{ModuleId, Resolved, Target};
use python::{ImportId, ImportKind, Name};

use super::frame::Frame;
use super::library;
use super::thing::Thing;
use super::walker::Walker;
use super::{SideEffect, Step};

impl Walker<'_> {
    /// Executes one import of the frame's module and binds its name.
    pub(super) fn import(&mut self, frame: &mut Frame, id: ImportId, is_sure: bool) {
        let imports = std::sync::Arc::clone(&frame.imports);
        let Some(import) = imports.list.get(id.0 as usize) else { return };
        let file = self.modules[frame.module].file;
        let resolved = model::query::resolved(self.db, self.project, file);
        let Some(resolved) = resolved.get(id.0 as usize) else { return };
        let context = import.context;
        if context.type_checking {
            return;
        }
        let is_sure = is_sure && !context.optional && !context.conditional && !frame.may_be_left;
        if !context.lazy {
            self.load(resolved, is_sure);
        }
        if import.kind == ImportKind::Star {
            // Its names are looked up in the module when they are used.
            return;
        }
        let Some(name) = import.bound_name() else { return };
        let head = model::query::imported(self.db, self.project, frame.module, id);
        let thing = self.head(head);
        self.bind(frame, &Name::from(name), thing, is_sure);
    }

    /// Loads what an import refers to.
    pub(super) fn load(&mut self, resolved: &Resolved, is_sure: bool) {
        match &resolved.target {
            Target::Module(module) => self.load_module(*module, is_sure),
            Target::Symbol { module, origin, name, .. } => {
                self.load_module(*module, is_sure);
                let info = &self.modules[*module];
                if let Some(submodule) = self.modules.by_name(&format!("{}.{name}", info.name), info.root) {
                    // Either a name of the package or the submodule, which is loaded if the package hasn't finished
                    // loading.
                    self.load_module(submodule, false);
                    self.step(Step::Reads { module: *module, name: name.clone() });
                }
                // A package with lazy exports (PEP 562) immediately runs the module behind the name.
                if origin != module && self.is_lazy(*module) {
                    self.load_module(*origin, is_sure);
                    let name = self.modules[*module].name.clone();
                    self.side_effect(SideEffect::LoadsOnDemand(name));
                }
            }
            Target::ThirdParty(_) => self.step(Step::Outside { name: resolved.absolute.clone(), is_sure }),
            Target::Standard(_) if library::is_of_one_platform(&resolved.absolute) => {
                self.step(Step::Outside { name: resolved.absolute.clone(), is_sure });
            }
            Target::Standard(_) | Target::Namespace(_) => {}
            Target::Missing(name) => self.side_effect(SideEffect::Misses(name.clone())),
        }
    }

    pub(super) fn load_module(&mut self, module: ModuleId, is_sure: bool) {
        if module != self.running {
            self.step(Step::Load { module, is_sure });
        }
    }

    fn is_lazy(&self, module: ModuleId) -> bool {
        model::query::exports(self.db, self.modules[module].file).is_dynamic
    }

    /// Reads a name that a module doesn't bind: its `__getattr__` provides it, if anything does.
    pub(super) fn absent(&mut self, module: ModuleId) -> Thing {
        if self.is_lazy(module) {
            let name = self.modules[module].name.clone();
            self.side_effect(SideEffect::LoadsOnDemand(name));
        }
        Thing::UNKNOWN
    }

    /// `importlib.import_module("a.b")`: loads the module named by the literal.
    pub(super) fn import_by_string(&mut self, frame: &Frame, text: Option<&str>, what: &Name) -> Thing {
        let file = self.modules[frame.module].file;
        let resolved = model::query::resolved(self.db, self.project, file);
        let found = text.and_then(|text| {
            let is_it = |import: &python::Import| {
                let dots = usize::from(import.level);
                import.kind == ImportKind::Dynamic
                    && text.len() >= dots
                    && text.bytes().take(dots).all(|byte| byte == b'.')
                    && text[dots..] == *import.module
            };
            frame.imports.list.iter().position(is_it).and_then(|index| resolved.get(index))
        });
        match found {
            Some(resolved) => self.load(&resolved.clone(), !frame.may_be_left),
            None => self.side_effect(SideEffect::CallsAnything(what.clone())),
        }
        Thing::UNKNOWN
    }
}
