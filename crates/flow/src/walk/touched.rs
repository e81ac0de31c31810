//! Which attributes were read already of what callers hold: reading one twice is one reading.

use super::Walker;
use crate::{Arm, Asked, Deps, Path, Touch};

/// A reading, and where.
#[derive(Debug)]
pub(super) struct Touched {
    touch: Touch,
    /// The loops that the row depends on.
    loops: u32,
    /// The loops around.
    frames: Vec<usize>,
    /// The branches around.
    arms: Vec<Arm>,
}

impl Walker<'_> {
    /// Whether the same was read before on every way that leads here, in the same round of each loop; notes that it is
    /// read now.
    pub(super) fn is_touched(&mut self, touch: &Touch, deps: Deps) -> bool {
        let now = Touched {
            touch: Touch { asked: Asked::Rows, ..touch.clone() },
            loops: deps.loops,
            frames: self.frames.iter().map(|frame| frame.index).collect(),
            arms: self.arms.clone(),
        };
        let before = |known: &Touched| {
            known.touch == now.touch
                && known.loops == now.loops
                && known.frames == now.frames
                && now.arms.starts_with(&known.arms)
        };
        // What is queried anew each time is no reading.
        let is_kept = !touch.is_refined || self.frames.is_empty();
        if is_kept && self.touched.iter().any(before) {
            return true;
        }
        if self.touched.len() < super::MAX_EFFECTS {
            self.touched.push(now);
        }
        false
    }

    /// Forgets that something was read.
    pub(super) fn untouch(&mut self, path: &Path) {
        self.touched.retain(|known| known.touch.path != *path);
    }
}
