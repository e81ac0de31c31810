//! The keys of cache entries.

use xxhash_rust::xxh3::xxh3_128;

/// The key of an entry: a hash of the input that it was computed from, 128 bits of XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(crate) u128);

impl Key {
    /// The key of a result that is computed from a text alone.
    pub fn of(text: &str) -> Self {
        Self(xxh3_128(text.as_bytes()))
    }
}
