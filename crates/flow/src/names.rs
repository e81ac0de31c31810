//! What a name at the head of a module is: a class, a function, a module, a singleton made there, or a library's.

use model::{ModuleId, Project};

use crate::{Db, Value};

/// The value of `name` as code of `module` sees it at the head of the module, through imports and re-exports.
pub fn at_head(_db: &dyn Db, _project: Project, _module: ModuleId, _name: &str) -> Value {
    Value::UNKNOWN
}
