//! A text that a file could have: parsed when somebody asks what it says, and from the text that it was made of.
//!
//! A fix is made in steps, each of which reads what the one before has written. Nobody reads the last, and two texts in a row
//! differ in a few lines.

use std::sync::{Arc, OnceLock};

use python::{Module, Tree};

/// A text with what it says.
pub struct Rewritten {
    text: String,
    /// What it was made of, where that is no file's text either.
    before: Option<Arc<Rewritten>>,
    parsed: OnceLock<(Tree, Module)>,
}

impl Rewritten {
    /// A text, made of another.
    pub fn new(text: &str, before: Option<Arc<Rewritten>>) -> Self {
        // Of one that nobody read there is no tree.
        let before = before.filter(|rewritten| rewritten.parsed.get().is_some());
        Self { text: text.to_owned(), before, parsed: OnceLock::new() }
    }

    /// What it says.
    pub fn module(&self) -> &Module {
        let (_, module) = self.parsed.get_or_init(|| {
            let parsed = self
                .before
                .as_ref()
                .and_then(|rewritten| Some((&rewritten.text, &rewritten.parsed.get()?.0)));
            if let Some((old, tree)) = parsed {
                let tree = python::reparse(tree, old, &self.text);
                let module = python::lower(&self.text, &tree);
                // A broken text says what a fresh parse makes of it.
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
