//! Sets of module activities, each of which indicates a role.

use libraries::Mark;
use python::{Definitions, Expr, ExprId, Scope};

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
    let mut constants = 0;
    for variable in definitions.variables.iter().filter(|variable| variable.scope == Scope::Module) {
        if variable.name == "urlpatterns" {
            marks.set(Mark::UrlPatterns);
        }
        if variable.name.starts_with("__") {
            continue;
        }
        count += 1;
        let is_capital = !variable.name.contains(|letter: char| letter.is_lowercase());
        capitals += usize::from(is_capital);
        constants += usize::from(
            is_capital || variable.value.is_some_and(|value| is_made_of_literals(definitions, value)),
        );
    }
    let alone = definitions.classes.is_empty() && definitions.functions.is_empty();
    if alone && constants >= 1 && constants == count {
        marks.set(Mark::OnlyConstants);
    }
    if capitals >= 5 && capitals * 10 >= count * 7 {
        marks.set(Mark::ManyConstants);
    }
    count
}

/// Whether a value is written out: `[{"name": "cage"}]`.
fn is_made_of_literals(definitions: &Definitions, value: ExprId) -> bool {
    let mut open = vec![value];
    while let Some(at) = open.pop() {
        match &definitions[at] {
            Expr::Literal(_) => {}
            Expr::List(_) | Expr::Set(_) | Expr::Tuple(_) | Expr::Dict(_) | Expr::Unary { .. } => {
                definitions[at].for_each_child(|child| open.push(child));
            }
            _ => return false,
        }
    }
    true
}
