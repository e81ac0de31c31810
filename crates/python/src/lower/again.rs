//! Incremental lowering: lowers a text again with the result of lowering an earlier one.
//!
//! A function that an edit didn't touch lowers to the same facts as before, except for its position and the ids of
//! other items. So each function of a module or a class is remembered by its position, with its range in each list of
//! the module, and copied from there while no edit touches it.
//!
//! Invariant: the result equals that of lowering from scratch. A function's facts depend on its text, on its enclosing
//! context, and on the bindings of imports above it; all three are compared. Code with syntax errors depends on more:
//! such a function is not remembered. (The nodes that tree-sitter reuses in a reparse are no help: those whose end is
//! ambiguous to the grammar, which includes most functions, are created anew.)

mod copy;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use source::Span;

use super::dynamic::Loader;
use super::{Lowering, lower_remembering};
use crate::parse::covering;
use crate::{ImportContext, Module, Name, Scope, Stmt, Tree};

/// The result of lowering a text, kept for later versions of it.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The facts. Parts equal to those of the previous text share its allocation.
    pub module: Arc<Module>,
    text: Arc<str>,
    tree: Tree,
    memo: Arc<Memo>,
}

/// The functions of a lowered text, and the bindings of its imports.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// By start offset.
    functions: FxHashMap<u32, Remembered>,
    pub(super) type_checking: Vec<Name>,
    pub(super) loaders: Vec<Loader>,
}

/// A function that was lowered.
#[derive(Debug, Clone, Copy)]
struct Remembered {
    span: Span,
    context: ImportContext,
    block_depth: u32,
    from: Lengths,
    to: Lengths,
}

/// The length of each list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lengths {
    functions: u32,
    classes: u32,
    variables: u32,
    signatures: u32,
    bodies: u32,
    imports: u32,
    statements: u32,
    type_checking: u32,
    loaders: u32,
}

impl Lowered {
    /// The facts of `text`, whose tree is `tree`; what it shares with the text of `before` is not lowered again.
    pub fn after(before: Option<&Self>, text: &Arc<str>, tree: &Tree) -> Self {
        if let Some(before) = before
            && Arc::ptr_eq(&before.text, text)
        {
            return before.clone();
        }
        let (module, memo) = lower_remembering(text, tree, before.map(|before| Before::of(before, text)));
        Self { module: Arc::new(module), text: Arc::clone(text), tree: tree.clone(), memo: Arc::new(memo) }
    }

    /// The text.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Its tree.
    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }
}

/// The previous text, as lowering needs it.
pub(super) struct Before<'t> {
    module: &'t Module,
    memo: &'t Memo,
    /// The span removed from that text, and the length of its replacement.
    went: Span,
    came: u32,
}

impl<'t> Before<'t> {
    fn of(lowered: &'t Lowered, text: &str) -> Self {
        let (went, came) = covering(&lowered.text, text);
        Self { module: &lowered.module, memo: &lowered.memo, went, came }
    }

    /// The remembered function that is at `span` now, if no edit has touched it.
    fn function(&self, span: Span) -> Option<Remembered> {
        let start = if span.end <= self.went.start {
            span.start
        } else if span.start >= self.went.start + self.came {
            span.start - self.came + self.went.len()
        } else {
            return None;
        };
        self.memo.functions.get(&start).copied().filter(|old| old.span.len() == span.len())
    }

    /// The part itself, or the previous text's if it is equal, so that comparing them later is a pointer comparison.
    pub(super) fn shared<T: PartialEq>(
        before: Option<&Self>,
        part: fn(&Module) -> &Arc<T>,
        new: T,
    ) -> Arc<T> {
        match before.map(|before| part(before.module)) {
            Some(old) if **old == new => Arc::clone(old),
            _ => Arc::new(new),
        }
    }
}

impl Lowering<'_> {
    /// The function under the cursor (or its decorators): copied if it was lowered before, else lowered by `lower` and
    /// remembered.
    pub(super) fn remembering(
        &mut self,
        span: Span,
        lower: impl FnOnce(&mut Self) -> Option<Stmt>,
    ) -> Option<Stmt> {
        // Items nested in a function are part of it.
        if self.memo.is_none() || self.context.function.is_some() || self.as_target.is_some() {
            return lower(self);
        }
        let (context, block_depth, from) = (self.context, self.block_depth, self.lengths());
        let copied = self.copied(span);
        let stmt = if copied.is_some() { copied } else { lower(self) };
        if matches!(stmt, Some(Stmt::Function(_))) && self.as_target.is_none() && !self.walk.is_broken() {
            let to = self.lengths();
            let remembered = Remembered { span, context, block_depth, from, to };
            if let Some(memo) = &mut self.memo {
                memo.functions.insert(span.start, remembered);
            }
        }
        stmt
    }

    fn copied(&mut self, span: Span) -> Option<Stmt> {
        let before = self.before.as_ref()?;
        let old = before.function(span)?;
        let knows_the_same = || {
            let (names, loaders) = (old.from.type_checking as usize, old.from.loaders as usize);
            before.memo.type_checking.get(..names) == Some(&self.imports.type_checking[..])
                && before.memo.loaders.get(..loaders) == Some(&self.imports.loaders[..])
        };
        let is_same = old.block_depth == self.block_depth
            && stands_alike(old.context, self.context)
            && knows_the_same()
            && !self.walk.is_broken();
        if !is_same {
            return None;
        }
        let (module, memo) = (before.module, before.memo);
        self.copy(module, memo, old, span)
    }

    fn lengths(&self) -> Lengths {
        let (found, imports) = (&self.found, &self.imports);
        Lengths {
            functions: found.functions.len() as u32,
            classes: found.classes.len() as u32,
            variables: found.variables.len() as u32,
            signatures: found.signatures.len(),
            bodies: found.bodies.len() as u32,
            imports: imports.list.len() as u32,
            statements: imports.statements,
            type_checking: imports.type_checking.len() as u32,
            loaders: imports.loaders.len() as u32,
        }
    }
}

/// Whether two contexts are the same, except for the id of the class.
fn stands_alike(a: ImportContext, b: ImportContext) -> bool {
    let is_alike =
        matches!((a.scope, b.scope), (Scope::Module, Scope::Module) | (Scope::Class(_), Scope::Class(_)));
    is_alike && ImportContext { scope: b.scope, ..a } == b
}
