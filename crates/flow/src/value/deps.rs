//! The dependencies of values.

use std::ops::BitOr;

/// The parameters of the function and the surrounding loops that a value was made from. Beyond 32 of either, they share
/// the last bit.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deps {
    /// By the index of the parameter.
    pub params: u32,
    /// By the number of the loop in the function.
    pub loops: u32,
}

impl Deps {
    /// No dependencies: made from constants.
    pub const NONE: Self = Self { params: 0, loops: 0 };

    /// Depends on a parameter.
    pub fn param(index: usize) -> Self {
        Self { params: 1 << index.min(31), loops: 0 }
    }

    /// Depends on the target of a loop.
    pub fn of_loop(index: usize) -> Self {
        Self { params: 0, loops: 1 << index.min(31) }
    }

    /// Whether it depends on the target of the loop.
    pub fn on_loop(self, index: usize) -> bool {
        self.loops & (1 << index.min(31)) != 0
    }

    /// Whether it depends on the parameter.
    pub fn on_param(self, index: usize) -> bool {
        self.params & (1 << index.min(31)) != 0
    }
}

impl BitOr for Deps {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { params: self.params | other.params, loops: self.loops | other.loops }
    }
}
