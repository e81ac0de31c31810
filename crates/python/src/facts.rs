//! The facts about one module: plain, compact, serializable data without positions.

mod body;
mod definition;
mod directive;
mod expr;
mod import;
mod span;
mod usage;

use std::sync::Arc;

pub use body::{Bodies, Body, BodyId, BodyOwner, Handler, MatchCase, Pattern, Stmt, StmtId, WithItem};
pub use definition::{
    Class, ClassId, Definitions, Function, FunctionId, Parameter, ParameterKind, Scope, Variable,
};
pub use directive::{Directive, DirectiveScope};
pub use expr::{Arg, ComprehensionClause, ComprehensionKind, Expr, ExprArena, ExprId, FStringPart, Literal};
pub use import::{Import, ImportContext, ImportId, ImportKind, Imports};
use serde::{Deserialize, Serialize};
pub use span::{BodySpans, ImportSpans, Spans};
pub use usage::{NameUse, UseContext};

/// A name as written, or a dotted name (`a.b.c`).
pub type Name = smol_str::SmolStr;

/// All facts about one module, in the parts that are compared separately.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its imports, and where in the control flow they are.
    pub imports: Arc<Imports>,
    /// Its definitions: names, bases, signatures.
    pub definitions: Arc<Definitions>,
    /// The contents of its bodies.
    pub bodies: Arc<Bodies>,
    /// The uses of imported names. Contains positions, so only this file's own rules read it.
    pub uses: Arc<[NameUse]>,
    /// Comments addressed to Architrave. Contains positions.
    pub directives: Arc<[Directive]>,
    /// The positions of everything.
    pub spans: Arc<Spans>,
}
