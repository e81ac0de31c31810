//! What a module's contents say about its role: the firewall between bodies and everything project-wide.
//!
//! Whatever is here is read off one module alone, holds no positions, and is coarse: counts are buckets, names are kept
//! only for classes. Typing inside a body changes it when the first or the last call of a kind comes or goes, so the
//! project-wide inference of layers hardly ever runs again.

mod bases;
mod bindings;
mod calls;
mod class;
mod decorators;
mod hooks;
mod mark;
mod outside;

use python::{Module, Name};

pub use bases::role_of_base;
pub use class::{ClassSignals, Surface};
pub use hooks::Hook;
pub(crate) use hooks::of as hooks_of;
pub use libraries::{ClassRole, Mark};
pub use mark::Marks;
pub use outside::Uses;

/// How often something occurs, as coarsely as a verdict needs it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amount {
    /// Not at all.
    #[default]
    None,
    /// Once or twice.
    Few,
    /// Three times or more.
    Many,
}

impl Amount {
    /// The bucket of a count.
    pub const fn of(count: usize) -> Self {
        match count {
            0 => Amount::None,
            1 | 2 => Amount::Few,
            _ => Amount::Many,
        }
    }
}

/// What a module's contents say about its role.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Signals {
    /// What kinds of outside code it uses at run time.
    pub uses: Uses,
    /// First segments of its absolute imports that no table knows and that are not Python's own, sorted: the
    /// project's own packages and distributions we know nothing of.
    pub others: Box<[Name]>,
    /// What it does that tells a role.
    pub marks: Marks,
    /// Calls on sessions, connections and managers, and statements built.
    pub data_access: Amount,
    /// Route handlers.
    pub routes: Amount,
    /// The classes at its head, in source order.
    pub classes: Box<[ClassSignals]>,
    /// Functions at its head.
    pub functions: Amount,
    /// Variables at its head.
    pub variables: Amount,
}

impl Signals {
    /// Reads them off a module.
    pub fn of(module: &Module) -> Self {
        let bindings = bindings::Bindings::of(&module.imports);
        let mut signals = Signals { uses: outside::uses(&module.imports), ..Signals::default() };
        signals.others = outside::others(&module.imports);
        class::read(module, &bindings, &mut signals);
        decorators::read(module, &bindings, &mut signals);
        calls::read(module, &bindings, &mut signals);
        signals.variables = Amount::of(mark::read_variables(&module.definitions, &mut signals.marks));
        let has_code = module.bodies.list.first().is_some_and(|body| !body.root.is_empty());
        if module.definitions.only_reexports || !has_code {
            signals.marks.set(if module.imports.list.is_empty() { Mark::Empty } else { Mark::OnlyReexports });
        }
        signals
    }

    /// Whether nothing from outside but data validation and typing helpers is used.
    pub fn is_pure(&self) -> bool {
        self.uses.without(Uses::HARMLESS).is_empty() && self.data_access == Amount::None
    }

    /// Whether the module has no code of its own.
    pub fn is_hollow(&self) -> bool {
        self.marks.has(Mark::Empty) || self.marks.has(Mark::OnlyReexports)
    }
}
