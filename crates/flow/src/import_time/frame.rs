//! One body that runs while a module is loaded.

use std::sync::Arc;

use model::{ClassRef, ModuleId};
use python::{Body, Definitions, Imports, Name};
use rustc_hash::FxHashSet;

use super::thing::{Locals, Thing};

/// A body, with the current values of its names.
pub(super) struct Frame {
    pub(super) module: ModuleId,
    pub(super) body: Arc<Body>,
    pub(super) definitions: Arc<Definitions>,
    pub(super) imports: Arc<Imports>,
    pub(super) kind: FrameKind,
    pub(super) locals: Locals,
    /// The names of the enclosing functions.
    pub(super) captured: Option<Arc<Locals>>,
    /// Targets of comprehensions, innermost last.
    pub(super) targets: Vec<(Name, Thing)>,
    /// Names declared `global`.
    pub(super) globals: FxHashSet<Name>,
    /// For a method: the class of its receiver, and the class that defines it.
    pub(super) method_of: Option<(ClassRef, ClassRef)>,
    /// The return value; `None` until something is returned.
    pub(super) returned: Option<Thing>,
    /// Whether the body may already have returned.
    pub(super) may_be_left: bool,
}

/// The kind of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The module being loaded; its names are stored in the walker.
    Module,
    Class,
    Function,
}

impl Frame {
    /// The value of a local name in this body, excluding the module's own names.
    pub(super) fn local(&self, name: &str) -> Option<&Thing> {
        let target = self.targets.iter().rev().find(|(target, _)| target == name).map(|(_, thing)| thing);
        if self.globals.contains(name) {
            return target;
        }
        target
            .or_else(|| self.locals.get(name))
            .or_else(|| self.captured.as_ref().and_then(|captured| captured.get(name)))
    }

    /// All names visible to a function nested in this body.
    pub(super) fn visible(&self) -> Option<Arc<Locals>> {
        if self.kind != FrameKind::Function {
            return self.captured.clone();
        }
        let mut names = self.captured.as_deref().cloned().unwrap_or_default();
        names.extend(self.locals.iter().map(|(name, thing)| (name.clone(), thing.clone())));
        Some(Arc::new(names))
    }

    /// Whether `from __future__ import annotations` disables the evaluation of annotations.
    pub(super) fn has_lazy_annotations(&self) -> bool {
        let is_it = |import: &python::Import| {
            import.module == "__future__" && import.name.as_deref() == Some("annotations")
        };
        self.imports.list.iter().any(is_it)
    }
}
