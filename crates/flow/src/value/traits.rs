//! What a query does with its rows beside selecting them: which loader options it takes depends on it.

use std::ops::BitOr;

/// Traits of a query, as a set: those that decide how relationships can be loaded with it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traits(u16);

impl Traits {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// It is combined with others: `union()`, `intersection()`, `except_()`.
    pub const COMBINED: Self = Self(1);
    /// Its SQL is written by hand: `raw()`, `from_statement()`.
    pub const RAW: Self = Self(1 << 1);
    /// Its rows are read in chunks of unsaid size: Django's `iterator()`.
    pub const STREAMED: Self = Self(1 << 2);
    /// Columns are left out: `only()`, `defer()`, `load_only()`.
    pub const PARTIAL: Self = Self(1 << 3);
    /// Its rows are locked: `select_for_update()`, `with_for_update()`.
    pub const LOCKED: Self = Self(1 << 4);
    /// It gives one row: `get()`, `first()`, `one()`.
    pub const ONE: Self = Self(1 << 5);
    /// It never has a row: `none()`.
    pub const EMPTY: Self = Self(1 << 6);
    /// Its rows are grouped or made distinct: what is joined would be part of that.
    pub const GROUPED: Self = Self(1 << 7);
    /// It writes, and gives back what it wrote: `RETURNING`, `get_or_create()`.
    pub const WRITTEN: Self = Self(1 << 8);
    /// It is one of several queries, depending on a branch.
    pub const SEVERAL: Self = Self(1 << 9);
    /// A `Prefetch` object is among what it loads: lookups before it with the same path raise.
    pub const PREFETCH: Self = Self(1 << 10);
    /// It keeps relationships lazy, or takes back what was to be loaded: `lazyload()`, `select_related(None)`.
    pub const KEPT_LAZY: Self = Self(1 << 11);
    /// A method of the project builds on it: which methods its manager has isn't known.
    pub const OWN_METHOD: Self = Self(1 << 12);
    /// It has loader options.
    pub const OPTIONED: Self = Self(1 << 13);

    /// A limit, a slice or a page bounds its rows.
    pub const BOUNDED: Self = Self(1 << 14);

    /// Whether it has one of `traits`.
    pub fn has(self, traits: Self) -> bool {
        self.0 & traits.0 != 0
    }

    /// The same with `traits` added.
    #[must_use]
    pub fn with(self, traits: Self) -> Self {
        Self(self.0 | traits.0)
    }

    /// The same without `traits`.
    #[must_use]
    pub fn without(self, traits: Self) -> Self {
        Self(self.0 & !traits.0)
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.with(other)
    }
}
