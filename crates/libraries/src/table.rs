//! Tables keyed by dotted names.

use rustc_hash::FxHashMap;

/// Rows of all libraries in one map.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: FxHashMap<&'static str, T>,
}

impl<T: Copy> Table<T> {
    /// A table of all rows. No name occurs twice; a test of the crate verifies that.
    pub(crate) fn of(rows: impl Iterator<Item = (&'static str, T)>) -> Self {
        Self { rows: rows.collect() }
    }

    /// The row with exactly this name.
    pub(crate) fn exact(&self, dotted: &str) -> Option<T> {
        self.rows.get(dotted).copied()
    }

    /// The rows of `dotted` and its enclosing packages, from the longest name to the shortest.
    pub(crate) fn around(&self, dotted: &str) -> impl Iterator<Item = (&'static str, T)> {
        let keys = std::iter::successors(Some(dotted), |key| key.rfind('.').map(|dot| &key[..dot]));
        keys.filter_map(|key| self.rows.get_key_value(key).map(|(name, row)| (*name, *row)))
    }

    /// The row with the longest name that is `dotted` or one of its enclosing packages.
    pub(crate) fn nearest(&self, dotted: &str) -> Option<T> {
        let mut key = dotted;
        loop {
            if let Some(row) = self.rows.get(key) {
                return Some(*row);
            }
            key = &key[..key.rfind('.')?];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_key_wins() {
        let table = Table::of([("a", 1), ("a.b", 2), ("a.b.c", 3)].into_iter());
        assert_eq!(table.nearest("a.b.c.D"), Some(3));
        assert_eq!(table.nearest("a.b"), Some(2));
        assert_eq!(table.nearest("a.bx"), Some(1));
        assert_eq!(table.nearest("ax"), None);
        assert_eq!(table.exact("a.b.x"), None);
    }
}
