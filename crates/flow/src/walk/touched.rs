//! The attributes that were already read from values held by callers. Reading one twice counts as one read.

use python::ExprId;

use super::Walker;
use crate::{Arm, Deps, Path, ReadKind, Site, Touch};

/// A read, and its context.
#[derive(Debug)]
pub(super) struct Touched {
    touch: Touch,
    /// Where.
    site: Site,
    /// The loops that the row depends on.
    loops: u32,
    /// The surrounding loops.
    frames: Vec<usize>,
    /// The surrounding branches.
    arms: Vec<Arm>,
}

impl Walker<'_> {
    /// Whether the same attribute was read before on every path to this point, in the same round of each loop. Records
    /// the read.
    pub(super) fn is_touched(&mut self, expr: ExprId, touch: &Touch, deps: Deps) -> bool {
        let now = Touched {
            site: self.site(expr),
            touch: Touch { asked: ReadKind::Rows, ..touch.clone() },
            loops: deps.loops,
            frames: self.around.frames.iter().map(|frame| frame.index).collect(),
            arms: self.around.arms.clone(),
        };
        let before = |known: &Touched| {
            known.touch == now.touch
                && known.loops == now.loops
                && known.frames == now.frames
                // Each method of one queryset runs a query of its own.
                && (!touch.is_refined || known.site == now.site)
                && now.arms.starts_with(&known.arms)
        };
        // A query that runs anew each time isn't deduplicated.
        let is_kept = !touch.is_refined || self.around.frames.is_empty();
        if is_kept && self.recorder.touched.iter().any(before) {
            return true;
        }
        if self.recorder.touched.len() < super::MAX_EFFECTS {
            self.recorder.touched.push(now);
        }
        false
    }

    /// Forgets a read.
    pub(super) fn untouch(&mut self, path: &Path) {
        self.recorder.touched.retain(|known| known.touch.path != *path);
    }
}
