//! Infers the layer of each module and the style of the project.
//!
//! Evidence is weighed per module: names of folders and files, contents, ancestors of classes, then imports between
//! modules, then the other modules of the folder. Everything about a folder is computed once. The total time is linear
//! in the number of modules and imports. Nothing here reads bodies or positions.

mod adapters;
mod assembly;
mod claims;
mod classes;
mod contents;
mod contexts;
mod contract;
mod declared;
mod direction;
mod folders;
mod infer;
mod meaning;
mod names;
mod plugins;
mod practice;
mod scopes;
mod score;
mod siblings;
mod source;
mod style;
#[cfg(test)]
mod tests;
mod vocabulary;

use config::{Layer, Style};
use rustc_hash::FxHashMap;

use crate::{ByModule, ModuleId, Verdict};

pub use claims::{Claim, Ground, ScopeStyle};
pub(crate) use infer::infer;
pub(crate) use source::Source;

/// Layers by module, and styles by scope.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Layers {
    /// `None` without sufficient evidence.
    pub verdicts: ByModule<Option<Verdict>>,
    /// The verdicts on modules that use a technology, ignoring that use; `None` if there is no other evidence.
    pub(crate) apart: FxHashMap<(ModuleId, Technology), Option<Verdict>>,
    /// The scope of each module (a distribution, a configured folder, or the project), as an index into `inventories`.
    pub scopes: ByModule<u32>,
    /// The contents of each scope.
    pub inventories: Vec<Inventory>,
    /// The style of each module, as an index into `styles`.
    pub(crate) style_of: ByModule<u32>,
    /// The styles: those of the scopes, in order, then those of packages that deviate from their scope.
    pub styles: Vec<ScopeStyle>,
    /// The bounded context of each module, as an index into `contexts`.
    pub context_of: ByModule<Option<u32>>,
    /// Packages that are bounded contexts or feature modules, by dotted name.
    pub contexts: Vec<python::Name>,
}

/// A technology that a module may use although its location forbids it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Technology {
    /// HTTP on the server side: its errors, requests and dependencies.
    Http,
    /// HTTP, databases, clients, brokers and services.
    Outside,
}

/// The contents of a scope (a distribution, a configured folder, or the project). Rules check here whether they apply.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Inventory {
    /// The number of modules whose layer is certain enough for rules, indexed by [`Layer`].
    pub modules: [u32; Layer::ALL.len()],
    /// Modules that define table rows.
    pub rows: u32,
    /// Ports of the domain or application layer, excluding those that merely wrap one of its own use cases.
    pub ports: u32,
    /// The number of these that the infrastructure implements, by inheritance or structurally.
    pub implemented: u32,
    /// Domain modules that define classes of their own: neither rows, nor enumerations, nor errors.
    pub entities: u32,
}

impl Inventory {
    /// The number of modules in `layer`.
    pub fn count(&self, layer: Layer) -> u32 {
        self.modules[layer as usize]
    }

    /// Whether there is a domain layer with its own entities or value objects.
    pub fn has_domain(&self) -> bool {
        self.entities > 0
    }

    /// Whether table rows are the entire domain model (active record, `SQLModel`, Django). An ORM model in a service is
    /// then not a leak.
    pub fn rows_are_the_domain(&self) -> bool {
        self.rows > 0 && !self.has_domain()
    }
}

impl Layers {
    /// The layer of `module`.
    pub fn layer(&self, module: ModuleId) -> Option<Layer> {
        self.verdict(module).map(|verdict| verdict.layer)
    }

    /// The layer of `module`, if findings may be based on it: tests, migrations, declared layers, or layers inferred
    /// with sufficient confidence.
    pub fn sure_layer(&self, module: ModuleId) -> Option<Layer> {
        self.verdict(module).filter(|verdict| verdict.speaks()).map(|verdict| verdict.layer)
    }

    /// The layer of `module`, with the reasons.
    pub fn verdict(&self, module: ModuleId) -> Option<&Verdict> {
        self.verdicts.get(module)?.as_ref()
    }

    /// The verdict on `module` without the evidence from its use of `technology`. A service that raises HTTP errors
    /// looks like a route; a rule that checks whether it may do so must not treat the use itself as the permission.
    pub fn apart_from(&self, module: ModuleId, technology: Technology) -> Option<&Verdict> {
        match self.apart.get(&(module, technology)) {
            Some(verdict) => verdict.as_ref(),
            None => self.verdict(module),
        }
    }

    /// The style of `module`.
    pub fn style(&self, module: ModuleId) -> Option<Style> {
        self.scope_style(module).map(|scope| scope.style)
    }

    /// The style of `module`, with its grounds and claims.
    pub fn scope_style(&self, module: ModuleId) -> Option<&ScopeStyle> {
        self.styles.get(*self.style_of.get(module)? as usize)
    }

    /// The contents of the scope of `module`.
    pub fn inventory(&self, module: ModuleId) -> Inventory {
        let scope = self.scopes.get(module).copied();
        scope.and_then(|scope| self.inventories.get(scope as usize)).copied().unwrap_or_default()
    }

    /// The bounded context or feature module that `module` belongs to, by dotted name.
    pub fn context(&self, module: ModuleId) -> Option<&python::Name> {
        let context = (*self.context_of.get(module)?)?;
        self.contexts.get(context as usize)
    }
}
