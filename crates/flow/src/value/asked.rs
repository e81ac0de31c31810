//! What is asked of a relationship that is read.

/// What is asked of the rows of a relationship. Loading them with their owners serves the first alone; the others are
/// questions that the database answers without loading them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// The rows.
    #[default]
    Rows,
    /// How many there are: `count()`.
    Count,
    /// Whether there are any: `exists()`.
    Presence,
    /// One of them: `first()`.
    One,
    /// Several of these questions, and never the rows.
    Mixed,
}

impl Asked {
    /// What two readings of the same relationship ask together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Self::Rows, _) | (_, Self::Rows) => Self::Rows,
            _ => Self::Mixed,
        }
    }
}
