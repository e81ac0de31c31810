//! What a name at the head of a module is: a class, a function, a module, a singleton made there, or a library's.

use model::{ModuleId, Project};
use python::ImportId;

use crate::{Db, Value};

/// The value of `name` as code of `module` sees it at the head of the module, through imports and re-exports.
pub fn at_head(_db: &dyn Db, _project: Project, _module: ModuleId, _name: &str) -> Value {
    Value::UNKNOWN
}

/// What an import of `module` binds, also one inside a function.
pub fn imported(_db: &dyn Db, _project: Project, _module: ModuleId, _import: ImportId) -> Value {
    Value::UNKNOWN
}

/// The attribute `name` of a module of the project or of something of a library.
pub fn attribute(_db: &dyn Db, _project: Project, _base: &Value, _name: &str) -> Value {
    Value::UNKNOWN
}
