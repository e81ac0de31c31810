//! A pack: many entries in one file that is written once.
//!
//! ```text
//! magic (16)  version (8)  number of entries (8)  checksum of everything before the entries' bytes (8)
//! for each entry, sorted:  key (16)  kind (4)  length (4)  checksum of its bytes (8)
//! the entries' bytes, in the same order
//! ```
//! Numbers are little-endian, checksums are XXH3.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::{Key, Kind};

/// The last character is the version of the layout.
const MAGIC: [u8; 16] = *b"architrave-pack1";

/// The number of bytes before the table of entries.
const HEAD: usize = 40;

/// The number of bytes per entry in the table.
const ROW: usize = 32;

/// The location of an entry in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) key: Key,
    pub(crate) kind: Kind,
    /// The offset from the start of the pack.
    pub(crate) start: usize,
    pub(crate) length: usize,
    checksum: u64,
}

impl Row {
    /// Whether these are the bytes that were written.
    pub(crate) fn is_whole(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.length && xxh3_64(bytes) == self.checksum
    }

    /// The bytes of the entry in the complete pack; `None` if they differ from what was written.
    pub(crate) fn of<'p>(&self, pack: &'p [u8]) -> Option<&'p [u8]> {
        self.slice(pack).filter(|bytes| self.is_whole(bytes))
    }

    /// The bytes of the entry in the complete pack, without verification.
    pub(crate) fn slice<'p>(&self, pack: &'p [u8]) -> Option<&'p [u8]> {
        pack.get(self.start..self.start.checked_add(self.length)?)
    }
}

/// The table of a pack of this version; `None` if it has another version or is damaged. Doesn't verify the bytes of the
/// entries: see [`Row::of`].
pub(crate) fn table(pack: &[u8], version: u64) -> Option<Vec<Row>> {
    let head = pack.first_chunk::<HEAD>()?;
    if head[..16] != MAGIC || number(&head[16..24])? != version {
        return None;
    }
    let count = usize::try_from(number(&head[24..32])?).ok()?;
    let rows = pack.get(HEAD..HEAD.checked_add(count.checked_mul(ROW)?)?)?;
    if checksum(&head[..32], rows) != number(&head[32..40])? {
        return None;
    }
    let mut start = HEAD + rows.len();
    let mut table = Vec::with_capacity(count);
    for row in rows.chunks_exact(ROW) {
        let length = u32::from_le_bytes(row[20..24].try_into().ok()?) as usize;
        // A later version may know more kinds; this version has none of them.
        let kind = Kind::numbered(u32::from_le_bytes(row[16..20].try_into().ok()?))?;
        let key = Key(u128::from_le_bytes(row[..16].try_into().ok()?));
        table.push(Row { key, kind, start, length, checksum: number(&row[24..32])? });
        start = start.checked_add(length)?;
    }
    Some(table)
}

/// A pack with these entries. Entries longer than four gigabytes are omitted.
pub(crate) fn pack<'e>(version: u64, entries: impl IntoIterator<Item = (Key, Kind, &'e [u8])>) -> Vec<u8> {
    let mut entries: Vec<(Key, Kind, &[u8], u32)> = entries
        .into_iter()
        .filter_map(|(key, kind, bytes)| Some((key, kind, bytes, u32::try_from(bytes.len()).ok()?)))
        .collect();
    // The same entries yield the same pack, whichever process writes them.
    entries.sort_by_key(|(key, kind, ..)| (*key, *kind));
    entries.dedup_by_key(|(key, kind, ..)| (*key, *kind));
    let mut head = Vec::with_capacity(HEAD);
    head.extend_from_slice(&MAGIC);
    head.extend_from_slice(&version.to_le_bytes());
    head.extend_from_slice(&(entries.len() as u64).to_le_bytes());
    let mut rows = Vec::with_capacity(entries.len() * ROW);
    for (key, kind, bytes, length) in &entries {
        rows.extend_from_slice(&key.0.to_le_bytes());
        rows.extend_from_slice(&kind.number().to_le_bytes());
        rows.extend_from_slice(&length.to_le_bytes());
        rows.extend_from_slice(&xxh3_64(bytes).to_le_bytes());
    }
    let checksum = checksum(&head, &rows);
    let bytes: usize = entries.iter().map(|(_, _, bytes, _)| bytes.len()).sum();
    let mut pack = head;
    pack.reserve_exact(8 + rows.len() + bytes);
    pack.extend_from_slice(&checksum.to_le_bytes());
    pack.append(&mut rows);
    for (_, _, bytes, _) in entries {
        pack.extend_from_slice(bytes);
    }
    pack
}

fn checksum(head: &[u8], rows: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(head);
    hash.update(rows);
    hash.digest()
}

fn number(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const ENTRIES: [(Key, Kind, &[u8]); 3] = [
        (Key(3), Kind::Module, b"three"),
        (Key(1), Kind::Module, b""),
        (Key(2), Kind::Module, b"two, which is longer"),
    ];

    /// The readable entries of a pack.
    fn read(pack: &[u8]) -> Vec<(u128, Vec<u8>)> {
        let rows = table(pack, 7).unwrap_or_default();
        rows.iter().filter_map(|row| Some((row.key.0, row.of(pack)?.to_vec()))).collect()
    }

    #[test]
    fn what_was_packed_is_read() {
        let whole = pack(7, ENTRIES);
        let expected = [(1, b"".to_vec()), (2, b"two, which is longer".to_vec()), (3, b"three".to_vec())];
        assert_eq!(read(&whole), expected);
        assert_eq!(table(&whole, 8), None, "another version's");
        assert_eq!(table(&pack(7, []), 7), Some(vec![]));
    }

    /// Truncated at any point, and with each bit of each byte flipped: only what was written can be read.
    #[test]
    fn damage_is_not_read() {
        let whole = pack(7, ENTRIES);
        let expected = read(&whole);
        for length in 0..whole.len() {
            let found = read(&whole[..length]);
            assert!(found.iter().all(|entry| expected.contains(entry)), "cut off at {length}");
            assert!(found.len() < 3, "cut off at {length}");
        }
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                let found = read(&damaged);
                assert!(found.iter().all(|entry| expected.contains(entry)), "bit {bit} of byte {at}");
                assert!(found.len() < 3, "bit {bit} of byte {at} is not noticed");
            }
        }
    }
}
