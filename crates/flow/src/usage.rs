//! Which members a consumer really uses of an injected dependency.
//!
//! A constructor parameter is followed to the attribute that stores it, and through all methods of the class and its
//! subclasses. If it is passed on to a project function or class that requests the same dependency, the uses there
//! count too. If it is passed anywhere else, it escapes, and its uses can't be determined.
//!
//! The order of statements doesn't matter: a parameter is assumed to hold the dependency throughout. An alias counts if
//! it holds nothing else; otherwise the value escapes.

mod elements;
mod follow;
mod forwarding;
mod occurrences;
#[cfg(test)]
mod tests;
mod words;

use model::{InjectionPlace, ModuleId, Project};
use python::Name;

use crate::{Db, FunctionRef, Site};

/// How a consumer uses a dependency.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Sorted by name.
    pub members: Box<[MemberUse]>,
    /// Whether it is passed to code that can't be followed, so that the list of members is incomplete.
    pub escapes: bool,
    /// Where it is handed on to, directly or by those who got it: parameters and fields of the project, sorted.
    pub takers: Box<[(ModuleId, InjectionPlace)]>,
}

impl Usage {
    /// The member with the name `name`, if it is used.
    pub fn member(&self, name: &str) -> Option<&MemberUse> {
        let index = self.members.binary_search_by(|member| member.name.as_str().cmp(name)).ok()?;
        Some(&self.members[index])
    }
}

/// One member that is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberUse {
    /// Its name; `__aenter__` for `async with x:`, `__getitem__` for `x[0]`, and so on.
    pub name: Name,
    /// Whether every use is a call.
    pub is_called: bool,
    /// Whether it is assigned to.
    pub is_written: bool,
    /// The positions, in order.
    pub places: Box<[(FunctionRef, Site)]>,
}

/// How the dependency requested at `place` is used.
pub(crate) fn usage(db: &dyn Db, project: Project, module: ModuleId, place: InjectionPlace) -> Usage {
    follow::follow(db, project, module, place)
}

/// How the elements of the collection requested at `place` are used.
pub(crate) fn usage_of_elements(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    place: InjectionPlace,
) -> Usage {
    follow::follow_elements(db, project, module, place)
}
