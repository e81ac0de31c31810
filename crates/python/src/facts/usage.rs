//! The uses of imported names in the importing module.

use serde::{Deserialize, Serialize};
use source::Span;

use super::{FunctionId, ImportId, Name};

/// One use of a name bound by an import. Contains a position, so only the file's own rules read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameUse {
    /// The import that binds the name at this point (the nearest by Python's scoping; of several, the last one).
    pub import: ImportId,
    /// The rest of the attribute chain: `HTTP_404` in `status.HTTP_404`; empty for the name alone.
    pub attributes: Name,
    /// The role of the use.
    pub context: UseContext,
    /// The innermost function that evaluates it. Decorators, defaults and annotations belong to the function around the
    /// definition.
    pub function: Option<FunctionId>,
    /// The name, including its attribute chain.
    pub span: Span,
}

/// The role of a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UseContext {
    /// In an annotation of a parameter, result or variable, possibly in a string annotation. Only type checkers need it
    /// (rules must know frameworks that read annotations at run time). Excludes what follows the type in
    /// `Annotated[...]`, which is constructed like any value.
    Annotation,
    /// Called.
    Call,
    /// Raised: `raise Name` or `raise Name(...)`.
    Raise,
    /// Caught: `except Name`.
    Except,
    /// A base of a class.
    Base,
    /// A decorator (or a call that creates one).
    Decorator,
    /// In the default of a parameter.
    Default,
    /// Anything else.
    Value,
}
