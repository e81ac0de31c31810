//! What importing a module executes: which modules it loads, in which order, and what it does besides defining names.
//!
//! [`steps`] computes the steps of a single module in the order in which they happen: the top level, decorators, bases
//! and defaults, class bodies, and the bodies of functions called during the import, including the imports inside them.
//! [`Table`] holds the steps of all modules of a project, and [`Trace`] follows them from one module to the next, as
//! the import system does. A call that can't be followed is a side effect: proving that an order doesn't matter must
//! not rest on guesses.

mod apply;
mod change;
mod class;
mod early;
mod expression;
mod frame;
mod installed;
mod library;
mod loading;
mod looked_up;
mod settings;
mod starter;
mod statement;
mod table;
#[cfg(test)]
mod tests;
mod thing;
mod walker;

use model::ModuleId;
use python::Name;

pub use change::{Change, Changed};
pub(crate) use change::{changed, changes};
pub(crate) use early::early;
pub use early::{Early, configures_an_app, is_app_configuration, is_settings};
pub(crate) use installed::lists;
pub use installed::{AppList, Installation, Installed};
pub use looked_up::{HalfLoaded, LookedUp, Lookup};
pub use settings::Named;
pub(crate) use settings::named;
pub use starter::DjangoStarter;
pub(crate) use starter::django_starter;
pub use table::{Difference, Hoist, Table};
pub(crate) use walker::steps;
pub use walker::{import_steps_of, placed_steps};

/// One event while a module is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A project module is loaded, after its parent packages.
    Load {
        /// The module.
        module: ModuleId,
        /// Whether it is certainly loaded: neither conditionally nor with its absence handled.
        is_sure: bool,
    },
    /// A module of an installed distribution is loaded, or a standard library module that exists only on some
    /// platforms.
    Outside {
        /// The full imported name.
        name: Name,
        /// As for project modules.
        is_sure: bool,
    },
    /// The value of another module's variable is read.
    Reads {
        /// The module that defines the variable.
        module: ModuleId,
        /// The variable, or the attribute of a class.
        name: Name,
    },
    /// An effect that is visible to other modules, or depends on state outside the module.
    SideEffect(SideEffect),
}

/// What loading a module does besides defining names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SideEffect {
    /// Reads an environment variable; the name is given if it is a literal.
    ReadsEnvironment(Name),
    /// Reads application settings, which must be configured by then.
    ReadsSettings(Name),
    /// Calls something that opens, connects, starts, registers or prints.
    Calls(Name),
    /// Modifies an object of another module.
    Changes(Name),
    /// Calls a library function that isn't known to merely construct a value.
    CallsUnknown(Name),
    /// Calls something that can't be followed, which may run any project code.
    CallsAnything(Name),
    /// Raises an exception.
    Raises,
    /// Imports a project module that doesn't exist.
    Misses(Name),
    /// Reads a name from a package whose `__getattr__` may load it.
    LoadsOnDemand(Name),
    /// Reads a variable that the program modifies.
    ReadsChanged(Name),
    /// Does more than the analysis examined.
    TooMuch,
}

impl SideEffect {
    /// Whether it may load any module of the project.
    fn may_load_anything(&self) -> bool {
        matches!(self, SideEffect::CallsAnything(_) | SideEffect::LoadsOnDemand(_) | SideEffect::TooMuch)
    }

    /// A predicate for a sentence about the module: `` reads `DATABASE_URL` ``.
    pub fn words(&self) -> String {
        match self {
            SideEffect::ReadsEnvironment(name) if name == "os.environ" => "reads the environment".to_owned(),
            SideEffect::ReadsEnvironment(name) => format!("reads `{name}` from the environment"),
            SideEffect::ReadsSettings(name) => format!("reads `{name}`"),
            SideEffect::Calls(name) | SideEffect::CallsUnknown(name) | SideEffect::CallsAnything(name) => {
                format!("calls `{name}()`")
            }
            SideEffect::Changes(name) => format!("changes `{name}`"),
            SideEffect::Raises => "can raise an error".to_owned(),
            SideEffect::Misses(name) => format!("imports `{name}`, which isn't there"),
            SideEffect::LoadsOnDemand(name) => format!("asks `{name}` for a name that it loads on demand"),
            SideEffect::ReadsChanged(name) => format!("reads `{name}`, which the program changes"),
            SideEffect::TooMuch => "does more than can be followed".to_owned(),
        }
    }
}
