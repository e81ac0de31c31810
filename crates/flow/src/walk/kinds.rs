//! Rows of a base class where the code has asked which subclass they are of.

use model::ClassRef;
use python::{Expr, ExprId, Pattern};

use super::Walker;
use crate::{Asks, Entity, Guard, Kind, ModelRef, Path, Root, Value};

/// The maximum nesting of conditions that are read.
const MAX_CHECKS: usize = 8;

impl Walker<'_> {
    /// Refines rows of a base class to the subclass that they are where `test` holds or doesn't.
    pub(super) fn narrow_kind(&mut self, test: ExprId, holds: bool) {
        for (name, class) in self.kinds_of(test, holds, 0) {
            self.refine_kind(&name, class);
        }
    }

    fn refine_kind(&mut self, name: &str, class: ClassRef) {
        let Some(held) = self.environment.get(name) else { return };
        if let Kind::Entity(row) = &held.kind {
            let row = Entity { model: ModelRef::Known(class), ..row.clone() };
            let held = Value { kind: Kind::Entity(row), ..held.clone() };
            self.environment.refine(name, held);
        }
    }

    /// The names that hold rows of a base class, and the subclass that each is where `test` holds or doesn't.
    pub(super) fn kinds_of(&self, test: ExprId, holds: bool, depth: usize) -> Vec<(String, ClassRef)> {
        match &self.body[test] {
            Expr::Unary { op, operand } if op == "not" && depth < MAX_CHECKS => {
                self.kinds_of(*operand, !holds, depth + 1)
            }
            Expr::Bool { is_and, left, right } if *is_and == holds && depth < MAX_CHECKS => {
                let mut found = self.kinds_of(*left, holds, depth + 1);
                found.extend(self.kinds_of(*right, holds, depth + 1));
                found
            }
            Expr::Call { .. } if holds => {
                let Some((subject, class)) = self.kind_check(test) else { return Vec::new() };
                let Some(name) = self.body.exprs.dotted(subject) else { return Vec::new() };
                let is_one = match self.environment.get(&name).map(|held| &held.kind) {
                    Some(Kind::Entity(row)) => self.may_be(row, &class),
                    _ => false,
                };
                if is_one { vec![(name, class)] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// The same in `case Order():`, which asks for one class.
    pub(super) fn narrow_case(&mut self, subject: ExprId, pattern: &Pattern) {
        let ([asked], Some(name)) = (&*pattern.values, self.body.exprs.dotted(subject)) else { return };
        let Kind::Class(class) = self.eval(*asked).kind else { return };
        let is_one = match self.environment.get(&name).map(|held| &held.kind) {
            Some(Kind::Entity(row)) => self.may_be(row, &class),
            _ => false,
        };
        if is_one {
            self.refine_kind(&name, class);
        }
    }

    /// The row that a callee was given, where it has asked for its class.
    pub(super) fn as_asked(&self, row: &Entity, path: &Path, guards: &[Guard]) -> Option<ModelRef> {
        let Root::Param(index) = path.root;
        let asked = guards.iter().find_map(|guard| match &guard.asks {
            Asks::Kind(class) if guard.is_given && guard.param == index && path.steps.is_empty() => {
                Some(class)
            }
            _ => None,
        })?;
        self.may_be(row, asked).then(|| ModelRef::Known(asked.clone()))
    }

    /// Whether a row may be one of a subclass of its own class.
    fn may_be(&self, row: &Entity, class: &ClassRef) -> bool {
        let bases = crate::types::classes::bases(self.db, self.project, class);
        row.model.class().is_some_and(|model| bases.contains(model)) && self.entity(class).is_some()
    }
}
