//! What the import of a module executes: which modules it loads in which order, and what it does beyond defining.
//!
//! [`steps`] are those of one module by itself, in the order in which they happen: the top level, decorators, bases and
//! defaults, class bodies, and the bodies of functions that are called while the module is loaded, with the imports inside
//! of them. [`Table`] holds the steps of all modules of a project, and [`Trace`] follows them from one module to the next,
//! as the import system does. A call that can't be followed is a side effect: who proves that an order doesn't matter must
//! not guess.

mod apply;
mod change;
mod class;
mod expression;
mod frame;
mod library;
mod loading;
mod looked_up;
mod settings;
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
pub use looked_up::{HalfLoaded, LookedUp, Lookup};
pub use settings::Named;
pub(crate) use settings::named;
pub use table::{Difference, Hoist, Table};
pub(crate) use walker::steps;
pub use walker::{import_steps_of, placed_steps};

/// One thing that happens while a module is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A module of the project is loaded, the packages around it first.
    Load {
        /// Which.
        module: ModuleId,
        /// Whether it surely is: not under a condition, and not where its absence is caught.
        is_sure: bool,
    },
    /// A module of an installed distribution is loaded, or one that the standard library has on some systems only.
    Outside {
        /// The imported name in full.
        name: Name,
        /// As for modules of the project.
        is_sure: bool,
    },
    /// The value of another module's variable is read.
    Reads {
        /// Whose.
        module: ModuleId,
        /// The variable, or the attribute of a class.
        name: Name,
    },
    /// Something that can be seen from elsewhere, or depends on what happened elsewhere.
    SideEffect(SideEffect),
}

/// What a module does when it is loaded, besides defining.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SideEffect {
    /// Reads a variable of the environment, by its name where that is written out.
    ReadsEnvironment(Name),
    /// Reads settings of the program that must be there by then.
    ReadsSettings(Name),
    /// Calls what opens, connects, starts, registers or prints.
    Calls(Name),
    /// Changes an object of another module.
    Changes(Name),
    /// Calls something of a library that is not known to only make something.
    CallsUnknown(Name),
    /// Calls what can't be followed: any code of the project may run.
    CallsAnything(Name),
    /// Raises an error.
    Raises,
    /// Imports a module of the project that isn't there.
    Misses(Name),
    /// Asks a package for a name that its `__getattr__` may load.
    LoadsOnDemand(Name),
    /// Reads a variable that the program changes.
    ReadsChanged(Name),
    /// Does more than was looked at.
    TooMuch,
}

impl SideEffect {
    /// Whether any module of the project may be loaded by it.
    fn may_load_anything(&self) -> bool {
        matches!(self, SideEffect::CallsAnything(_) | SideEffect::LoadsOnDemand(_) | SideEffect::TooMuch)
    }

    /// What the module does, as the end of a sentence about it: `` reads `DATABASE_URL` ``.
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
