//! Where imported names are used in the module that imports them.

use serde::{Deserialize, Serialize};
use source::Span;

use super::{FunctionId, ImportId, Name};

/// One use of a name bound by an import. Holds a position: only the file's own rules read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameUse {
    /// The import that binds the name where it is used (the nearest by Python's scoping; the last one where several do).
    pub import: ImportId,
    /// What follows the name in an attribute chain: `status.HTTP_404` gives `HTTP_404`; empty for the bare name.
    pub attributes: Name,
    /// In what role.
    pub context: UseContext,
    /// The innermost function that runs it: for decorators, defaults and annotations the one around the definition.
    pub function: Option<FunctionId>,
    /// The name with its attribute chain.
    pub span: Span,
}

/// In what role a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UseContext {
    /// An annotation of a parameter, result or variable, or inside a string annotation, but what follows the type in
    /// `Annotated[...]`, which is built like any value: needed by type checkers only
    /// (frameworks that read annotations at run time are for the rules to know).
    Annotation,
    /// Called.
    Call,
    /// Raised: `raise Name` or `raise Name(...)`.
    Raise,
    /// Caught: `except Name`.
    Except,
    /// A base of a class.
    Base,
    /// A decorator (or called to make one).
    Decorator,
    /// In a default of a parameter.
    Default,
    /// Anything else.
    Value,
}
