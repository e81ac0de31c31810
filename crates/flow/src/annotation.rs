//! What an annotation promises of a value: `list[Order]`, `Annotated[Session, Depends(get_db)]`, `Order | None`.

use model::{ClassRef, ModuleId, Project};
use python::{ExprArena, ExprId};

use crate::{Db, FunctionRef, Value};

/// A value of the annotated type, as far as the annotation tells.
pub fn value(
    _db: &dyn Db,
    _project: Project,
    _module: ModuleId,
    _exprs: &ExprArena,
    _annotation: ExprId,
) -> Value {
    Value::UNKNOWN
}

/// The same in the body of a class: `Self`, and its type parameters.
pub fn value_in(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    exprs: &ExprArena,
    annotation: ExprId,
    _class: Option<&ClassRef>,
) -> Value {
    value(db, project, module, exprs, annotation)
}

/// What a parameter holds when its function is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// This: by its annotation or default; for the first one of a method an instance of the class, or the class.
    Known(Value),
    /// What this dependency provider gives.
    Provider(FunctionRef),
    /// Anything.
    Unknown,
}

/// What the parameter at `index` of a function holds.
pub fn parameter(_db: &dyn Db, _project: Project, _function: FunctionRef, _index: usize) -> Parameter {
    Parameter::Unknown
}
