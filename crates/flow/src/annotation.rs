//! What an annotation promises of a value: `list[Order]`, `Annotated[Session, Depends(get_db)]`, `Order | None`.

use model::{ModuleId, Project};
use python::{ExprArena, ExprId};

use crate::{Db, Value};

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
