//! Which layer each module belongs to, and the style of the project.

use config::{Layer, Style};

use crate::{ModuleId, Verdict};

/// Layers by module, and styles by scope.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Layers {
    /// By [`ModuleId`]; nothing where there is not enough evidence.
    pub verdicts: Vec<Option<Verdict>>,
    /// The style that holds for each module, by [`ModuleId`]; index into `styles`.
    pub scopes: Vec<u32>,
    /// The styles, with the reason each was inferred or that it was declared.
    pub styles: Vec<(Style, String)>,
    /// The bounded context of each module, by [`ModuleId`]; index into `contexts`.
    pub context_of: Vec<Option<u32>>,
    /// Packages that are bounded contexts or feature modules, by dotted name.
    pub contexts: Vec<python::Name>,
}

impl Layers {
    /// The layer of `module`.
    pub fn layer(&self, module: ModuleId) -> Option<Layer> {
        self.verdict(module).map(|verdict| verdict.layer)
    }

    /// The layer of `module` with its reasons.
    pub fn verdict(&self, module: ModuleId) -> Option<&Verdict> {
        self.verdicts.get(module.0 as usize)?.as_ref()
    }

    /// The style that holds for `module`.
    pub fn style(&self, module: ModuleId) -> Option<Style> {
        let scope = *self.scopes.get(module.0 as usize)?;
        self.styles.get(scope as usize).map(|(style, _)| *style)
    }
}
