//! Trees of open buffers, so that a keystroke doesn't parse the whole file again.
//!
//! An accelerator only: what is kept decides how long a parse takes, never what comes out (see [`crate::reparse`]).
//! Readers of different snapshots may ask at the same time, and the writer never has to say what was edited.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use source::File;

use crate::Tree;
use crate::parse::{parse_cancellable, reparse_cancellable};

/// The last tree without syntax errors of each open buffer, with the text that it is the tree of. Clones share the trees.
///
/// A broken tree is not kept: while a bracket is open, every parse starts from the tree before it was typed.
#[derive(Clone, Default)]
pub struct OpenTrees {
    by_file: Arc<Mutex<FxHashMap<File, Kept>>>,
}

#[derive(Clone)]
struct Kept {
    text: Arc<str>,
    tree: Tree,
}

impl OpenTrees {
    /// The tree of `text`, the present contents of `file`. Gives up with `None` soon after `cancelled` says so; `cancelled`
    /// must not panic.
    pub fn tree_for(&self, file: File, text: &Arc<str>, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
        // The lock is not held across the parse.
        let kept = self.lock().get(&file).cloned();
        let tree = match kept {
            Some(kept) if Arc::ptr_eq(&kept.text, text) => return Some(kept.tree),
            Some(kept) => reparse_cancellable(&kept.tree, &kept.text, text, cancelled)?,
            None => parse_cancellable(text, cancelled)?,
        };
        if tree.is_whole() {
            self.lock().insert(file, Kept { text: Arc::clone(text), tree: tree.clone() });
        }
        Some(tree)
    }

    /// Forgets the tree of a buffer that was closed. A reader that is still at work may bring it back; that costs memory
    /// until the buffer is opened and closed again, and nothing else.
    pub fn close(&self, file: File) {
        self.lock().remove(&file);
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<File, Kept>> {
        // Whoever panicked with the lock in hand left whole entries: each is inserted or removed at once.
        self.by_file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for OpenTrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTrees").field("len", &self.lock().len()).finish()
    }
}
