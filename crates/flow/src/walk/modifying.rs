//! What only requests reach that modify: code below a test of the request's method.

use python::{Expr, ExprId};

use super::Walker;
use crate::{Arm, Modifying, Site};

/// The maximum number of sites kept for one function.
const MAX_SITES: usize = 256;

impl Walker<'_> {
    /// Notes the arm of a branch that no request enters which only reads.
    pub(super) fn notes_methods(&mut self, test: ExprId, branch: u16) {
        let Some(reads) = crate::serializers::holds_for_reading(&self.body, test) else { return };
        let arm = Arm { branch, way: u16::from(reads) };
        let method = match &self.body[test] {
            Expr::Compare { rest, .. } => match &**rest {
                // `== "POST"`, or what `!= "POST"` leaves.
                [(op, method)] if reads == (op == "!=") => {
                    crate::serializers::http_method(&self.body, *method).cloned()
                }
                _ => None,
            },
            _ => None,
        };
        self.around.modifying.push((arm, method));
    }

    /// Records a call or a loop at `site` if only requests reach it that modify.
    pub(super) fn notes_modifying(&mut self, site: Site) {
        let around = &self.around;
        if around.modifying.is_empty() || self.recorder.modifying.len() >= MAX_SITES {
            return;
        }
        let mut known = around.modifying.iter().rev();
        let Some((_, method)) = known.find(|(arm, _)| around.arms.contains(arm)) else { return };
        let noted = Modifying { site, method: method.clone() };
        if !self.recorder.modifying.contains(&noted) {
            self.recorder.modifying.push(noted);
        }
    }
}
