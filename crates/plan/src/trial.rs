//! Refactorings that are tried without writing anything: whether they can be done, which files they change, and what the
//! imports are afterwards.

use camino::Utf8Path;

use crate::facts::Command;
use crate::graph::Effect;

/// What can be tried on the code.
pub trait Trial {
    /// The files (relative to the root) that change when a module gets another path.
    ///
    /// # Errors
    /// Why it can't.
    fn move_file(&self, module: u32, to: &Utf8Path) -> Result<Vec<String>, String>;

    /// What a refactoring of a definition does to the graph, and the files that it changes.
    ///
    /// # Errors
    /// Why it can't be done.
    fn refactor(&self, command: &Command) -> Result<(Effect, Vec<String>), String>;

    /// Modules to which a definition may go so that `user` reaches it there, best first.
    fn homes(&self, module: u32, name: &str, user: u32) -> Vec<String>;
}

/// Nothing is tried: files can go anywhere, definitions nowhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Untried;

impl Trial for Untried {
    fn move_file(&self, _: u32, to: &Utf8Path) -> Result<Vec<String>, String> {
        Ok(vec![to.to_string()])
    }

    fn refactor(&self, _: &Command) -> Result<(Effect, Vec<String>), String> {
        Err("nothing is tried".to_owned())
    }

    fn homes(&self, _: u32, _: &str, _: u32) -> Vec<String> {
        Vec::new()
    }
}
