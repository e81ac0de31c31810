//! What a module's contents indicate about its role. Signals insulate everything project-wide from changes in bodies.
//!
//! Signals are derived from one module alone, hold no positions, and are coarse: counts are buckets, and names are kept
//! only for classes. Typing inside a body changes them only when the first or the last call of a kind is added or
//! removed, so the project-wide inference of layers rarely runs again.

mod assembly;
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

/// A number of occurrences, as coarse as a verdict permits.
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

/// What a module's contents indicate about its role.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Signals {
    /// The kinds of external code that it uses at run time.
    pub uses: Uses,
    /// First segments of its absolute imports that are neither in a table nor in the standard library, sorted: the
    /// project's own packages and unknown distributions.
    pub others: Box<[Name]>,
    /// Activities that indicate a role.
    pub marks: Marks,
    /// Calls on sessions, connections and managers, and the construction of statements.
    pub data_access: Amount,
    /// Route handlers.
    pub routes: Amount,
    /// The module-level classes, in source order.
    pub classes: Box<[ClassSignals]>,
    /// Module-level functions.
    pub functions: Amount,
    /// Module-level variables.
    pub variables: Amount,
    /// Whether it makes objects of imported classes and gives them to other imported classes.
    pub assembles: bool,
}

impl Signals {
    /// Derives them from a module.
    pub fn of(module: &Module) -> Self {
        let bindings = bindings::Bindings::of(&module.imports);
        let mut signals = Signals { uses: outside::uses(module, &bindings), ..Signals::default() };
        signals.others = outside::others(&module.imports);
        class::read(module, &bindings, &mut signals);
        decorators::read(module, &bindings, &mut signals);
        calls::read(module, &bindings, &mut signals);
        signals.assembles = assembly::assembles(module, &bindings);
        signals.variables = Amount::of(mark::read_variables(&module.definitions, &mut signals.marks));
        let has_code = module.bodies.list.first().is_some_and(|body| !body.root.is_empty());
        if module.definitions.only_reexports || !has_code {
            signals.marks.set(if module.imports.list.is_empty() { Mark::Empty } else { Mark::OnlyReexports });
        }
        signals
    }

    /// Whether it uses no external code other than data validation and typing helpers.
    pub fn is_pure(&self) -> bool {
        self.uses.without(Uses::HARMLESS).is_empty() && self.data_access == Amount::None
    }

    /// Whether the module has no code of its own.
    pub fn is_hollow(&self) -> bool {
        self.marks.has(Mark::Empty) || self.marks.has(Mark::OnlyReexports)
    }
}
