//! Sets of module activities, each of which indicates a role.

use libraries::Mark;
use python::{Definitions, Scope};

/// A set of [`Mark`]s.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Marks(u32);

impl Marks {
    /// Whether the set contains `mark`.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u32) != 0
    }

    /// Adds `mark` to the set.
    pub const fn set(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u32;
    }

    /// The marks in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |mark| self.has(*mark))
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Reads the marks from the module-level variables. Returns the number of variables.
pub(super) fn read_variables(definitions: &Definitions, marks: &mut Marks) -> usize {
    let mut count = 0;
    let mut capitals = 0;
    for variable in definitions.variables.iter().filter(|variable| variable.scope == Scope::Module) {
        if variable.name == "urlpatterns" {
            marks.set(Mark::UrlPatterns);
        }
        if variable.name.starts_with("__") {
            continue;
        }
        count += 1;
        capitals += usize::from(!variable.name.contains(|letter: char| letter.is_lowercase()));
    }
    let alone = definitions.classes.is_empty() && definitions.functions.is_empty();
    if alone && capitals >= 1 && capitals == count {
        marks.set(Mark::OnlyConstants);
    }
    if capitals >= 5 && capitals * 10 >= count * 7 {
        marks.set(Mark::ManyConstants);
    }
    count
}
