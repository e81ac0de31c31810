//! What is known of open buffers, so that a keystroke doesn't parse and lower the whole file again.
//!
//! A cache only: its contents affect how long work takes, never the result (see [`crate::reparse`] and
//! [`crate::Lowered`]). Readers of different snapshots may use it at the same time, and the writer never has to report
//! what was edited.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use source::File;

use crate::parse::{parse_cancellable, reparse_cancellable, reparse_whole};
use crate::{Lowered, Module};

/// The last text without syntax errors of each open buffer, with its tree and its facts. Clones share them.
///
/// What is broken is not kept: while a bracket is open, every parse starts from the tree before it was typed.
#[derive(Clone, Default)]
pub struct OpenTrees {
    by_file: Arc<Mutex<FxHashMap<File, Lowered>>>,
}

impl OpenTrees {
    /// The facts of `text`, the present contents of `file`. Gives up with `None` soon after `cancelled` returns true;
    /// `cancelled` must not panic.
    pub fn module_for(
        &self,
        file: File,
        text: &Arc<str>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Arc<Module>> {
        // The lock is held neither across the parse nor while facts are lowered.
        let kept = self.kept(file);
        let tree = match &kept {
            Some(kept) if Arc::ptr_eq(kept.text(), text) => return Some(Arc::clone(&kept.module)),
            Some(kept) => reparse_cancellable(kept.tree(), kept.text(), text, cancelled)?,
            None => parse_cancellable(text, cancelled)?,
        };
        if !tree.is_whole() {
            return Some(Arc::new(crate::lower(text, &tree)));
        }
        Some(self.keep(file, Lowered::after(kept.as_ref(), text, &tree)))
    }

    /// The facts of `text`, typed into `file`, if it has no syntax error and can be parsed quickly ([`reparse_whole`]).
    /// Gives up like [`OpenTrees::module_for`].
    pub fn typed_module_for(
        &self,
        file: File,
        text: &Arc<str>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Arc<Module>> {
        let kept = self.kept(file);
        if let Some(kept) = &kept
            && Arc::ptr_eq(kept.text(), text)
        {
            return Some(Arc::clone(&kept.module));
        }
        let tree = reparse_whole(kept.as_ref().map(|kept| (kept.tree(), &**kept.text())), text, cancelled)?;
        Some(self.keep(file, Lowered::after(kept.as_ref(), text, &tree)))
    }

    /// Forgets a closed buffer. A reader still running may bring it back; the only cost is memory until the buffer is
    /// opened and closed again.
    pub fn close(&self, file: File) {
        self.lock().remove(&file);
    }

    fn kept(&self, file: File) -> Option<Lowered> {
        self.lock().get(&file).cloned()
    }

    fn keep(&self, file: File, lowered: Lowered) -> Arc<Module> {
        let module = Arc::clone(&lowered.module);
        self.lock().insert(file, lowered);
        module
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<File, Lowered>> {
        // A thread that panicked while holding the lock left the entries intact: each is inserted or removed
        // atomically.
        self.by_file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for OpenTrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTrees").field("len", &self.lock().len()).finish()
    }
}
