//! Mutually exclusive branches.

use super::Walker;
use crate::Arm;

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
}
