//! Identifiers for sets of diagnostics, so that an equal set is neither sent nor shown again.

use std::fmt;

use crate::proto::Diagnostic;

/// Identifies a set by its content: equal sets have equal ids, whenever they were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ResultId(u64);

impl ResultId {
    /// The id of the empty set.
    pub(crate) const EMPTY: Self = Self(0);

    /// The id of a set.
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Self {
        if diagnostics.is_empty() {
            return Self::EMPTY;
        }
        // The protocol form is hashed, because that is what the client sees. Diagnostics are plain data and always
        // serialize.
        Self(xxhash_rust::xxh3::xxh3_64(&serde_json::to_vec(diagnostics).unwrap_or_default()))
    }
}

impl fmt::Display for ResultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
