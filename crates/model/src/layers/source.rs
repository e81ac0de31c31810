//! The inputs of the inference: by reference, and without positions.

use std::sync::Arc;

use camino::Utf8Path;

use crate::{ByModule, ClassHierarchy, Configs, Graph, ModuleId, Modules, Signals};

/// The inputs of the inference.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The project's root, absolute.
    pub(crate) root: &'a Utf8Path,
    /// The modules.
    pub(crate) modules: &'a Modules,
    /// The import graph.
    pub(crate) graph: &'a Graph,
    /// The ancestors of classes.
    pub(crate) hierarchy: &'a ClassHierarchy,
    /// The configuration.
    pub(crate) configs: &'a Configs,
    /// The signals of each module; empty for modules that are not parsed for project-wide queries.
    pub(crate) signals: &'a ByModule<Arc<Signals>>,
}

impl<'a> Source<'a> {
    /// The signals of a module.
    pub(super) fn signals(&self, id: ModuleId) -> &'a Signals {
        &self.signals[id]
    }

    /// Whether a module imports an unknown distribution: neither in the tables, nor the standard library, nor the
    /// project.
    pub(super) fn uses_unknown(&self, signals: &Signals) -> bool {
        signals.others.iter().any(|name| !self.modules.knows(name))
    }

    /// The name of a module's file without `.py`, as written.
    pub(super) fn stem(&self, id: ModuleId) -> &'a str {
        self.modules[id].path.file_stem().unwrap_or_default()
    }
}
