//! What does this one module say? The syntax tree, and the facts lowered from it.
//!
//! Facts know nothing of other files and come in narrow parts, each compared by itself, so that whoever asks for one
//! part is not disturbed by a change of another. Invariants:
//! - parsing and lowering never fail and never panic: broken code gives fewer facts;
//! - [`Imports`], [`Definitions`] and each [`Body`] hold no positions: where things stand is in [`Spans`], which no
//!   other file reads;
//! - an incrementally reparsed tree without a syntax error lowers to the same facts as a fresh one, and so does one with an
//!   error in a short text; in a long text the parser's recovery depends on the old tree.

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
