//! Mutually exclusive branches.

use python::{Expr, ExprId};

use super::Walker;
use super::environment::Environment;
use crate::{Arm, Guard};

impl Walker<'_> {
    /// The number of a new branch.
    pub(super) fn new_branch(&mut self) -> u16 {
        self.around.branch_count = self.around.branch_count.saturating_add(1);
        self.around.branch_count
    }

    /// Runs `act` within one arm of a branch.
    pub(super) fn in_arm<T>(&mut self, branch: u16, way: u16, act: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.around.arms.len();
        self.around.arms.push(Arm { branch, way });
        let done = act(self);
        self.around.arms.truncate(count);
        done
    }

    /// Translates the arms of a callee's effect to branches of this function.
    pub(super) fn renamed(&mut self, arms: &[Arm]) -> Vec<Arm> {
        let Some(mut known) = self.around.renamed.take() else { return Vec::new() };
        let renamed = arms.iter().map(|arm| {
            let own = known.iter().find(|(theirs, _)| *theirs == arm.branch).map(|(_, own)| *own);
            let branch = own.unwrap_or_else(|| {
                let own = self.new_branch();
                known.push((arm.branch, own));
                own
            });
            Arm { branch, way: arm.way }
        });
        let renamed = renamed.collect();
        self.around.renamed = Some(known);
        renamed
    }

    /// The names after both arms of a branch: `held` are those after the arm where the condition holds, the walk's own
    /// those after the other. With the conditions on a parameter under which either arm is taken.
    pub(super) fn rejoin_arms(
        &mut self,
        test: ExprId,
        (holds, otherwise): (Option<&Guard>, Option<&Guard>),
        mut held: Environment,
    ) {
        let mut failed = std::mem::take(&mut self.environment);
        self.falls_back(holds, &mut held, &mut failed);
        // `if orders:`: where there are none, nothing is read of them.
        let (name, is_there) = match &self.body[test] {
            Expr::Unary { op, operand } if op == "not" => (&self.body[*operand], false),
            asked => (asked, true),
        };
        if let Expr::Name(name) = name {
            let (there, missing) = if is_there { (&held, &mut failed) } else { (&failed, &mut held) };
            if let Some(value) = there.get(name) {
                missing.refine(name, value.clone());
            }
        }
        self.environment = Self::join_under(holds, otherwise, held, failed);
    }
}
