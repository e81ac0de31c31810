//! What is done with something that was asked for: the members that a consumer really uses.
//!
//! A parameter of a constructor is followed to the attribute that it is stored as, and through all methods of the class and
//! of those that inherit from it. Where it goes on to a function or class of the project that asks for the same, that
//! one's uses count too; where it goes anywhere else, it escapes, and what is used can't be known.
//!
//! The order of statements doesn't count: a parameter that holds it is taken to hold it always. Another name counts where it
//! holds nothing else; where it does, the value escapes.

mod follow;
mod hand_on;
mod occurrences;
#[cfg(test)]
mod tests;
mod words;

use model::{AskPlace, ModuleId, Project};
use python::Name;

use crate::{Db, FunctionRef, Site};

/// What a consumer does with what it was given.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Sorted by name.
    pub members: Box<[MemberUse]>,
    /// Whether it goes where it can't be followed: the members are then some, not all.
    pub escapes: bool,
    /// Where it is handed on to, directly or by those who got it: parameters and fields of the project, sorted.
    pub takers: Box<[(ModuleId, AskPlace)]>,
}

impl Usage {
    /// The member called `name`, if it is used.
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
    /// Whether it is called everywhere.
    pub is_called: bool,
    /// Whether something is assigned to it.
    pub is_written: bool,
    /// Where, in order.
    pub places: Box<[(FunctionRef, Site)]>,
}

/// What is done with what is asked for at `place`.
pub(crate) fn usage(db: &dyn Db, project: Project, module: ModuleId, place: AskPlace) -> Usage {
    follow::follow(db, project, module, place)
}
