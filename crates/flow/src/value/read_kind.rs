//! What is requested of a relationship.

/// What is requested of the rows of a relationship. Loading the rows with their owners only helps in the first case;
/// the database answers the others without loading rows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadKind {
    /// The rows.
    #[default]
    Rows,
    /// Their number: `count()`.
    Count,
    /// Whether there are any: `exists()`.
    Presence,
    /// One of them: `first()`.
    One,
    /// The first by the key, as nothing else orders them: only a query that prefetches them in an order serves it.
    FirstByKey,
    /// Several of these, but never the rows.
    Mixed,
}

impl ReadKind {
    /// The combination of two reads of the same relationship.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Self::Rows, _) | (_, Self::Rows) => Self::Rows,
            _ => Self::Mixed,
        }
    }
}
