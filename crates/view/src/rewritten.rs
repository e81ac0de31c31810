//! A possible text of a file, parsed on demand and incrementally from the text that it was derived from.
//!
//! A fix is made in steps, each of which reads the result of the one before. The last is never read, and two
//! consecutive texts differ in a few lines.

use std::sync::{Arc, OnceLock};

use python::{Module, Tree};

/// A text with its facts.
pub struct Rewritten {
    text: String,
    /// The text that it was derived from, if that isn't a file's either.
    before: Option<Arc<Rewritten>>,
    parsed: OnceLock<(Tree, Module)>,
}

impl Rewritten {
    /// A text derived from another.
    pub fn new(text: &str, before: Option<Arc<Rewritten>>) -> Self {
        // A text that was never parsed has no tree.
        let before = before.filter(|rewritten| rewritten.parsed.get().is_some());
        Self { text: text.to_owned(), before, parsed: OnceLock::new() }
    }

    /// Its facts.
    pub fn module(&self) -> &Module {
        let (_, module) = self.parsed.get_or_init(|| {
            let parsed = self
                .before
                .as_ref()
                .and_then(|rewritten| Some((&rewritten.text, &rewritten.parsed.get()?.0)));
            if let Some((old, tree)) = parsed {
                let tree = python::reparse(tree, old, &self.text);
                let module = python::lower(&self.text, &tree);
                // A text with syntax errors needs a fresh parse for the same facts.
                if module.spans.is_whole {
                    return (tree, module);
                }
            }
            let tree = python::parse(&self.text);
            let module = python::lower(&self.text, &tree);
            (tree, module)
        });
        module
    }
}
