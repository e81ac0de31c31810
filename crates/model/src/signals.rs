//! What a module's contents say about its role: the firewall between bodies and everything project-wide.

use python::Module;

/// What a module's contents say about its role. Small and coarse on purpose: typing inside a body seldom changes it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Signals {}

impl Signals {
    /// Reads them off a module.
    pub fn of(_module: &Module) -> Self {
        Self::default()
    }
}
