//! How the elements of a collection are used: what a loop, a comprehension or an index takes from it.

use python::{Arg, Expr, ExprId, Name, Stmt};

use super::occurrences::{Surroundings, Use};

/// How the surrounding code uses an occurrence of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// Uses one of its elements.
    Element(Use),
    /// Binds the collection to another name in this body.
    Alias(Name),
    /// Stores the collection on the object `of`.
    Stored { of: Name, name: Name },
}

/// Functions that give the elements of their first argument.
const PASSING: [&str; 6] = ["frozenset", "list", "reversed", "set", "sorted", "tuple"];

impl Surroundings<'_> {
    /// Calls `found` for each use of the elements of the collection `expr`. A use that can't be read is left out.
    pub(super) fn elements_of(&self, expr: ExprId, found: &mut dyn FnMut(Held)) {
        let mut at = expr;
        // Parents have higher ids than their children, so this terminates.
        while let Some(parent) = self.parents[at.0 as usize].filter(|parent| *parent > at) {
            match &self.body[parent] {
                Expr::Attribute { name, .. } if name == "values" => at = parent,
                Expr::Call { callee, .. } if *callee == at => at = parent,
                Expr::Call { callee, args } if self.passes_on(*callee, args, at) => at = parent,
                Expr::Bool { .. } | Expr::Conditional { .. } => at = parent,
                Expr::Comprehension { clauses, .. } => {
                    for clause in clauses.iter().filter(|clause| clause.iterable == at) {
                        self.target(clause.target, found);
                    }
                    return;
                }
                Expr::Subscript { value, .. } if *value == at => {
                    return self.uses_of(parent, &mut |used| found(Held::Element(used)));
                }
                _ => return,
            }
        }
        match self.stmt_of(at) {
            Some(Stmt::For { target, iterable, .. }) if *iterable == at => self.target(*target, found),
            Some(Stmt::Assign { targets, value: Some(value), .. }) if *value == at => {
                for target in targets {
                    self.kept(*target, found);
                }
            }
            _ => {}
        }
    }

    fn passes_on(&self, callee: ExprId, args: &[Arg], at: ExprId) -> bool {
        let is_passing = |name: &Name| PASSING.contains(&name.as_str());
        matches!(&self.body[callee], Expr::Name(name) if is_passing(name))
            && args.first().is_some_and(|arg| arg.value() == at)
    }

    fn target(&self, target: ExprId, found: &mut dyn FnMut(Held)) {
        if let Expr::Name(name) = &self.body[target] {
            found(Held::Element(Use::Alias(name.clone())));
        }
    }

    fn kept(&self, target: ExprId, found: &mut dyn FnMut(Held)) {
        match &self.body[target] {
            Expr::Name(name) => found(Held::Alias(name.clone())),
            Expr::Attribute { value, name } => {
                if let Expr::Name(of) = &self.body[*value] {
                    found(Held::Stored { of: of.clone(), name: name.clone() });
                }
            }
            _ => {}
        }
    }
}
