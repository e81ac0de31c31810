//! What the inference reads: everything by reference, nothing with positions.

use std::sync::Arc;

use camino::Utf8Path;

use crate::{ByModule, Configs, Graph, Heritage, ModuleId, Modules, Signals};

/// What the inference reads.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The project's root, absolute.
    pub(crate) root: &'a Utf8Path,
    /// The modules.
    pub(crate) modules: &'a Modules,
    /// Who imports whom.
    pub(crate) graph: &'a Graph,
    /// What classes descend from.
    pub(crate) heritage: &'a Heritage,
    /// What is declared.
    pub(crate) configs: &'a Configs,
    /// What contents say; empty for modules that are not parsed for the project.
    pub(crate) signals: &'a ByModule<Arc<Signals>>,
}

impl<'a> Source<'a> {
    /// What the contents of a module say.
    pub(super) fn signals(&self, id: ModuleId) -> &'a Signals {
        &self.signals[id]
    }

    /// Whether a module imports a distribution that no table knows: not Python's own, nor the project's.
    pub(super) fn uses_unknown(&self, signals: &Signals) -> bool {
        signals.others.iter().any(|name| !self.modules.knows(name))
    }

    /// The name of a module's file without `.py`, as written.
    pub(super) fn stem(&self, id: ModuleId) -> &'a str {
        self.modules[id].path.file_stem().unwrap_or_default()
    }
}
