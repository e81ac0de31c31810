//! Which layer each module belongs to, and the style of the project.
//!
//! Evidence is weighed per module: names of folders and files, contents, ancestors of classes, then who imports whom,
//! then the folder's other modules. Everything a folder says is computed once; the whole takes time linear in modules
//! and imports. Nothing here reads bodies or positions.

mod adapters;
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
    /// Nothing where there is not enough evidence.
    pub verdicts: ByModule<Option<Verdict>>,
    /// What the modules that use a technology would be without it: nothing where nothing else speaks.
    pub(crate) apart: FxHashMap<(ModuleId, Technology), Option<Verdict>>,
    /// The scope of each module (a distribution, a configured folder, or the project); index into `inventories`.
    pub scopes: ByModule<u32>,
    /// What each scope is made of.
    pub inventories: Vec<Inventory>,
    /// The style that holds for each module; index into `styles`.
    pub(crate) style_of: ByModule<u32>,
    /// The styles: those of the scopes, in their order, then those of packages that claim something else.
    pub styles: Vec<ScopeStyle>,
    /// The bounded context of each module; index into `contexts`.
    pub context_of: ByModule<Option<u32>>,
    /// Packages that are bounded contexts or feature modules, by dotted name.
    pub contexts: Vec<python::Name>,
}

/// What a module may use from outside although its place forbids it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Technology {
    /// HTTP as a server speaks it: its errors, requests and dependencies.
    Http,
    /// HTTP, and databases, clients, brokers and services.
    Outside,
}

/// What a scope (a distribution, a configured folder, or the project) is made of: rules ask it whether they apply.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Inventory {
    /// Modules whose layer is sure enough for rules, by [`Layer`] as index.
    pub modules: [u32; Layer::ALL.len()],
    /// Modules that define rows of tables.
    pub rows: u32,
    /// Ports of the domain or the application that don't simply stand before one of its own use cases.
    pub ports: u32,
    /// Of those, how many infrastructure implements, by base class or by structure.
    pub implemented: u32,
    /// Modules of the domain that define classes of their own: neither rows, nor enumerations, nor errors.
    pub entities: u32,
}

impl Inventory {
    /// Modules of `layer`.
    pub fn count(&self, layer: Layer) -> u32 {
        self.modules[layer as usize]
    }

    /// Whether there is a domain layer with entities or values of its own.
    pub fn has_domain(&self) -> bool {
        self.entities > 0
    }

    /// Whether rows of tables are all the domain model there is (active record, `SQLModel`, Django): an ORM model in a
    /// service is then no leak.
    pub fn rows_are_the_domain(&self) -> bool {
        self.rows > 0 && !self.has_domain()
    }
}

impl Layers {
    /// The layer of `module`.
    pub fn layer(&self, module: ModuleId) -> Option<Layer> {
        self.verdict(module).map(|verdict| verdict.layer)
    }

    /// The layer of `module`, where a finding may rest on it: tests, migrations, declared, or inferred with enough
    /// confidence.
    pub fn sure_layer(&self, module: ModuleId) -> Option<Layer> {
        self.verdict(module).filter(|verdict| verdict.speaks()).map(|verdict| verdict.layer)
    }

    /// The layer of `module` with its reasons.
    pub fn verdict(&self, module: ModuleId) -> Option<&Verdict> {
        self.verdicts.get(module)?.as_ref()
    }

    /// What `module` is by all that speaks for it but its use of `technology`. A service that raises HTTP errors looks like
    /// a route; who asks whether it may do so must not take the deed for the permission.
    pub fn apart_from(&self, module: ModuleId, technology: Technology) -> Option<&Verdict> {
        match self.apart.get(&(module, technology)) {
            Some(verdict) => verdict.as_ref(),
            None => self.verdict(module),
        }
    }

    /// The style that holds for `module`.
    pub fn style(&self, module: ModuleId) -> Option<Style> {
        self.scope_style(module).map(|scope| scope.style)
    }

    /// The style that holds for `module`, with what it rests on and what it claims.
    pub fn scope_style(&self, module: ModuleId) -> Option<&ScopeStyle> {
        self.styles.get(*self.style_of.get(module)? as usize)
    }

    /// What the scope of `module` is made of.
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
