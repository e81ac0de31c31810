//! What classes descend from, across files: `class NotFound(AppError)` is an HTTP exception if `AppError` is one.

use python::Name;
use rustc_hash::FxHashMap;

use crate::ModuleId;

/// The ancestors of one class, nearest first, itself left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ancestry {
    /// Classes of the project.
    pub own: Box<[(ModuleId, Name)]>,
    /// Classes of others, in full: `fastapi.HTTPException`, `typing.Protocol`, also through calls
    /// (`declarative_base()` gives `sqlalchemy.orm.declarative_base`).
    pub foreign: Box<[Name]>,
}

/// All classes of the project at module level that descend from anything but `object`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Heritage {
    /// By module and class name.
    pub by_class: FxHashMap<(ModuleId, Name), Ancestry>,
}
