//! What an entry is found by.

use xxhash_rust::xxh3::xxh3_128;

/// What an entry is found by: a hash of what it was worked out from, 128 bits of XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(crate) u128);

impl Key {
    /// The key of what is worked out of a text alone.
    pub fn of(text: &str) -> Self {
        Self(xxh3_128(text.as_bytes()))
    }
}
