//! What the next pack of a folder holds.
//!
//! A run writes a pack of its own with what is new. Every now and then packs are brought together, so that there are few:
//! all but the largest, so that one changed file doesn't have thousands of entries written again. Where most of what lies
//! there is of no use any more (texts that changed, other branches), all is written again without it.

use std::sync::atomic::Ordering;

use camino::Utf8PathBuf;

use super::save::Bytes;
use super::{Pack, Place, State};
use crate::{Key, Kind};

/// So many packs are read one by one.
const MANY: usize = 8;

/// So many bytes of no use are never worth writing all again.
const SLACK: usize = 4 << 20;

/// What the next pack of a folder holds.
pub(super) struct Merge {
    /// Index of the folder.
    pub(super) root: usize,
    pub(super) entries: Vec<(Key, Kind, Bytes)>,
    /// The packs that it takes the place of.
    pub(super) packs: Vec<Utf8PathBuf>,
}

/// What to write for the folder with this index; nothing where nothing is new.
pub(super) fn merge(state: &State, root: usize) -> Option<Merge> {
    let mut entries: Vec<(Key, Kind, Bytes)> = Vec::new();
    let mut used = 0;
    for ((key, kind), entry) in state.entries.iter().filter(|(_, entry)| entry.root == root) {
        match &entry.place {
            Place::Pending(bytes) => entries.push((*key, *kind, Bytes::clone(bytes))),
            Place::Packed(_, row) if entry.is_used.load(Ordering::Relaxed) => used += row.length,
            Place::Packed(..) => {}
        }
    }
    if entries.is_empty() {
        return None;
    }
    let packs: Vec<(usize, &Pack)> =
        state.packs.iter().enumerate().filter(|(_, pack)| pack.root == root && pack.size > 0).collect();
    let size: usize = packs.iter().map(|(_, pack)| pack.size).sum();
    let new: usize = entries.iter().map(|(_, _, bytes)| bytes.len()).sum();
    let is_mostly_useless = size.saturating_sub(used) > used + new + SLACK;
    let largest = packs.iter().max_by_key(|(_, pack)| pack.size).map(|(index, _)| *index);
    let taken: Vec<usize> = if is_mostly_useless {
        packs.iter().map(|(index, _)| *index).collect()
    } else if packs.len() >= MANY {
        packs.iter().map(|(index, _)| *index).filter(|index| Some(*index) != largest).collect()
    } else {
        Vec::new()
    };
    for ((key, kind), entry) in &state.entries {
        let Place::Packed(pack, row) = &entry.place else { continue };
        if !taken.contains(pack) || is_mostly_useless && !entry.is_used.load(Ordering::Relaxed) {
            continue;
        }
        // A pack that is at rest is not worth reading again: its entries are worked out again when they are missed.
        let bytes = state.packs[*pack].bytes.as_deref();
        if let Some(bytes) = bytes.and_then(|pack| row.slice(pack)) {
            entries.push((*key, *kind, bytes.into()));
        }
    }
    let packs = taken.into_iter().map(|index| state.packs[index].path.clone()).collect();
    Some(Merge { root, entries, packs })
}
