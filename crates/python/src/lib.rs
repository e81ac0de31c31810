//! What does a single module contain? The syntax tree, and the facts lowered from it.
//!
//! Facts know nothing of other files. They consist of narrow parts that are compared separately, so that dependents of
//! one part aren't affected by changes of another. Invariants:
//! - parsing and lowering never fail and never panic: broken code yields fewer facts;
//! - [`Imports`], [`Definitions`] and each [`Body`] contain no positions: positions are in [`Spans`], which queries
//!   about other files never read;
//! - an incrementally reparsed tree without a syntax error lowers to the same facts as a fresh one, and so does one
//!   with an error in a short text; in a long text the parser's recovery depends on the old tree.

pub mod facts;
mod lower;
pub mod naming;
mod open_trees;
mod parse;
pub mod query;
mod quoted;
mod version;
mod written;

pub use facts::{
    Arg, Bodies, Body, BodyId, BodyOwner, BodySpans, Class, ClassId, ComprehensionClause, ComprehensionKind,
    Definitions, Directive, DirectiveScope, Expr, ExprArena, ExprId, FStringPart, Function, FunctionId,
    Handler, Import, ImportContext, ImportId, ImportKind, ImportSpans, Imports, Literal, MatchCase, Module,
    Name, NameUse, Parameter, ParameterKind, Pattern, Scope, Spans, Stmt, StmtId, UseContext, Variable,
    WithItem,
};
pub use lower::{Lowered, lower};
pub use open_trees::OpenTrees;
pub use parse::{Tree, parse, parse_cancellable, reparse, reparse_cancellable, reparse_whole};
pub use query::Db;
pub use quoted::quoted;
pub use version::VERSION;
pub use written::string_literals;
