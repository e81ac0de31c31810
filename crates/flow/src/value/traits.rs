//! What a query does with its rows besides selecting them, which determines the applicable loader options.

use std::ops::BitOr;

/// A set of query traits that decide how relationships can be loaded.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traits(u16);

impl Traits {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// Combined with other queries: `union()`, `intersection()`, `except_()`.
    pub const COMBINED: Self = Self(1);
    /// Raw SQL: `raw()`, `from_statement()`.
    pub const RAW: Self = Self(1 << 1);
    /// Rows are read in chunks of unspecified size: Django's `iterator()`.
    pub const STREAMED: Self = Self(1 << 2);
    /// Columns are left out: `only()`, `defer()`, `load_only()`.
    pub const PARTIAL: Self = Self(1 << 3);
    /// Rows are locked: `select_for_update()`, `with_for_update()`.
    pub const LOCKED: Self = Self(1 << 4);
    /// Returns one row: `get()`, `first()`, `one()`.
    pub const ONE: Self = Self(1 << 5);
    /// Never has a row: `none()`.
    pub const EMPTY: Self = Self(1 << 6);
    /// Rows are grouped or distinct, so that joined columns would take part in that.
    pub const GROUPED: Self = Self(1 << 7);
    /// Writes, and returns what it wrote: `RETURNING`, `get_or_create()`.
    pub const WRITTEN: Self = Self(1 << 8);
    /// One of several queries, depending on a branch.
    pub const SEVERAL: Self = Self(1 << 9);
    /// Loads a `Prefetch` object. An earlier lookup with the same path raises.
    pub const PREFETCH: Self = Self(1 << 10);
    /// It keeps relationships lazy, or takes back what was to be loaded: `lazyload()`, `select_related(None)`.
    pub const KEPT_LAZY: Self = Self(1 << 11);
    /// A first-party method extends it; which methods its manager has is unknown.
    pub const OWN_METHOD: Self = Self(1 << 12);
    /// Has loader options.
    pub const OPTIONED: Self = Self(1 << 13);

    /// A limit, a slice or a page bounds its rows.
    pub const BOUNDED: Self = Self(1 << 14);

    /// Its rows belong to one row: a relationship to one equals a single value.
    pub const OF_ONE: Self = Self(1 << 15);

    /// Whether it has one of `traits`.
    pub fn has(self, traits: Self) -> bool {
        self.0 & traits.0 != 0
    }

    /// The set with `traits` added.
    #[must_use]
    pub fn with(self, traits: Self) -> Self {
        Self(self.0 | traits.0)
    }

    /// The set without `traits`.
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
