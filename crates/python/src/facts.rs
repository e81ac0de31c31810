//! The facts of one module: plain, compact, serialisable data without positions.

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

/// All that one module says, in the parts that are compared by themselves.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// What it imports, and where in the control flow.
    pub imports: Arc<Imports>,
    /// What it defines: names, bases, signatures.
    pub definitions: Arc<Definitions>,
    /// What its bodies do.
    pub bodies: Arc<Bodies>,
    /// Where the names that imports bind are used. Holds positions: only this file's own rules read it.
    pub uses: Arc<[NameUse]>,
    /// Comments that speak to Architrave. Holds positions.
    pub directives: Arc<[Directive]>,
    /// Where everything stands.
    pub spans: Arc<Spans>,
}
