//! Lowers the syntax tree to facts, in a single pass.
//!
//! [`Lowering`] walks the tree once with one cursor; each file below `lower/` contains the methods for one part of the
//! grammar. Anything that needs the whole module (the uses of imported names, the range of a directive) is computed
//! after the walk, from facts rather than from the tree.
//!
//! The nesting of the source is unbounded: 10,000 parentheses are a valid text. Depth is limited in one place for
//! expressions ([`Lowering::expr`]) and in one for statements ([`Lowering::block`]); anything deeper is omitted.

mod again;
mod assignments;
mod chains;
mod compound;
mod comprehensions;
mod definitions;
mod directives;
mod dynamic;
mod exports;
mod expressions;
mod finish;
mod imports;
mod insertion;
mod kinds;
mod operators;
mod output;
mod parameters;
mod patterns;
mod statements;
mod strings;
mod tries;
mod uses;
mod walk;

pub use again::Lowered;
use again::{Before, Memo};
use imports::ImportsFound;
use output::{Arena, BodyBuilder, Found};
use walk::Walk;

use crate::{Arg, ExprId, ImportContext, Module, Scope, StmtId, Tree};

/// Expressions nested deeper than this are [`crate::Expr::Missing`].
const DEEPEST_EXPRESSION: u32 = 200;

/// Blocks nested deeper than this are empty.
const DEEPEST_BLOCK: u32 = 100;

/// Lowers a module to its facts.
pub fn lower(text: &str, tree: &Tree) -> Module {
    let mut lowering = Lowering::new(text, tree.raw());
    let root = lowering.block();
    lowering.finish(root, tree)
}

/// The facts of a module, and what lowering the next text can take over from it.
fn lower_remembering(text: &str, tree: &Tree, before: Option<Before<'_>>) -> (Module, Memo) {
    let mut lowering = Lowering::new(text, tree.raw());
    lowering.memo = Some(Memo::default());
    lowering.before = before;
    let root = lowering.block();
    let mut memo = lowering.memo.take().unwrap_or_default();
    memo.type_checking.clone_from(&lowering.imports.type_checking);
    memo.loaders.clone_from(&lowering.imports.loaders);
    (lowering.finish(root, tree), memo)
}

/// The state of the walk.
struct Lowering<'t> {
    walk: Walk<'t>,
    /// The current position in the control flow.
    context: ImportContext,
    /// The body that receives statements.
    body: BodyBuilder,
    found: Found,
    imports: ImportsFound,
    expression_depth: u32,
    block_depth: u32,
    /// The target of the last `as` in an expression, until its statement consumes it.
    as_target: Option<ExprId>,
    /// Where the parentheses of a `type` call begin, in a statement that the grammar parses as a type alias.
    type_call: Option<u32>,
    /// What was lowered before, where something was.
    before: Option<Before<'t>>,
    /// The lowered functions, if they are to be remembered.
    memo: Option<Memo>,
    scratch: Scratch,
}

/// Lists under construction, nested ones one after another: a single allocation each for the whole walk.
#[derive(Default)]
struct Scratch {
    exprs: Vec<ExprId>,
    args: Vec<Arg>,
    stmts: Vec<StmtId>,
}

impl<'t> Lowering<'t> {
    fn new(text: &'t str, tree: &'t tree_sitter::Tree) -> Self {
        let mut found = Found::default();
        found.reserve_body();
        Self {
            walk: Walk::new(tree, text),
            context: ImportContext {
                scope: Scope::Module,
                function: None,
                type_checking: false,
                optional: false,
                conditional: false,
                lazy: false,
                main: false,
            },
            body: BodyBuilder::default(),
            found,
            imports: ImportsFound::default(),
            expression_depth: 0,
            block_depth: 0,
            as_target: None,
            type_call: None,
            before: None,
            memo: None,
            scratch: Scratch::default(),
        }
    }

    /// Runs `lower` with expressions added to the signatures of the definitions instead of the current body.
    fn in_signatures<R>(&mut self, lower: impl FnOnce(&mut Self) -> R) -> R {
        std::mem::swap::<Arena>(&mut self.body.arena, &mut self.found.signatures);
        let result = lower(self);
        std::mem::swap::<Arena>(&mut self.body.arena, &mut self.found.signatures);
        result
    }

    /// Runs `lower` in another context.
    fn within<R>(&mut self, context: ImportContext, lower: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.context, context);
        let result = lower(self);
        self.context = outer;
        result
    }

    /// The current context, inside code that runs conditionally.
    fn conditional(&self) -> ImportContext {
        ImportContext { conditional: true, ..self.context }
    }
}
