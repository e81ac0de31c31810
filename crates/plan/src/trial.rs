//! Refactorings that are tried without writing anything: whether they are possible, which files they change, and the
//! imports afterwards.

use camino::Utf8Path;

use crate::facts::Command;
use crate::graph::Effect;

/// Tries refactorings on the code.
pub trait Trial {
    /// The files (relative to the root) that change when a module gets another path.
    ///
    /// # Errors
    /// Why it can't be moved.
    fn move_file(&self, module: u32, to: &Utf8Path) -> Result<Vec<String>, String>;

    /// The effect of a refactoring on the graph, and the files that it changes.
    ///
    /// # Errors
    /// Why it is impossible.
    fn refactor(&self, command: &Command) -> Result<(Effect, Vec<String>), String>;

    /// Modules to which a definition may move so that `user` may import it, best first.
    fn homes(&self, module: u32, name: &str, user: u32) -> Vec<String>;
}

/// Without trying: files can move anywhere, definitions nowhere.
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
