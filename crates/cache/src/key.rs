//! The keys of cache entries.

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The key of an entry: a hash of the input that it was computed from, 128 bits of XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(crate) u128);

impl Key {
    /// The key of a result that is computed from a text alone.
    pub fn of(text: &str) -> Self {
        Self(xxh3_128(text.as_bytes()))
    }

    /// The key of a question: everything that its answer depends on beside the files that are read for it. Parts are
    /// not confused with each other, wherever one ends.
    pub fn of_parts(parts: &[&str]) -> Self {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.digest128())
    }
}
