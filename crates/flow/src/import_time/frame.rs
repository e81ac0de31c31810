//! One body that runs while a module is loaded.

use std::sync::Arc;

use model::{ClassRef, ModuleId};
use python::{Body, Definitions, Imports, Name};
use rustc_hash::FxHashSet;

use super::thing::{Locals, Thing};

/// A body, and what its names are by now.
pub(super) struct Frame {
    pub(super) module: ModuleId,
    pub(super) body: Arc<Body>,
    pub(super) definitions: Arc<Definitions>,
    pub(super) imports: Arc<Imports>,
    pub(super) kind: FrameKind,
    pub(super) locals: Locals,
    /// The names of the functions around.
    pub(super) captured: Option<Arc<Locals>>,
    /// Targets of comprehensions, the innermost last.
    pub(super) targets: Vec<(Name, Thing)>,
    /// Names that are the module's by `global`.
    pub(super) globals: FxHashSet<Name>,
    /// Of a method: the class of its receiver, and the one that defines it.
    pub(super) method_of: Option<(ClassRef, ClassRef)>,
    /// What it gives back; nothing so far.
    pub(super) returned: Option<Thing>,
    /// Whether it may have been left already.
    pub(super) may_be_left: bool,
}

/// Whose body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The module that is loaded: its names are the walker's.
    Module,
    Class,
    Function,
}

impl Frame {
    /// What a name is in this body, but for the module's own names.
    pub(super) fn local(&self, name: &str) -> Option<&Thing> {
        let target = self.targets.iter().rev().find(|(target, _)| target == name).map(|(_, thing)| thing);
        if self.globals.contains(name) {
            return target;
        }
        target
            .or_else(|| self.locals.get(name))
            .or_else(|| self.captured.as_ref().and_then(|captured| captured.get(name)))
    }

    /// All names that a function nested in this body sees.
    pub(super) fn visible(&self) -> Option<Arc<Locals>> {
        if self.kind != FrameKind::Function {
            return self.captured.clone();
        }
        let mut names = self.captured.as_deref().cloned().unwrap_or_default();
        names.extend(self.locals.iter().map(|(name, thing)| (name.clone(), thing.clone())));
        Some(Arc::new(names))
    }

    /// Whether `from __future__ import annotations` keeps annotations from being evaluated.
    pub(super) fn has_lazy_annotations(&self) -> bool {
        let is_it = |import: &python::Import| {
            import.module == "__future__" && import.name.as_deref() == Some("annotations")
        };
        self.imports.list.iter().any(is_it)
    }
}
