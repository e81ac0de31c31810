//! The contents of a folder's next pack.
//!
//! A run writes its new entries to a separate pack. Occasionally packs are merged to keep their number small: all but
//! the largest, so that one changed file doesn't cause thousands of entries to be rewritten. If most of the stored
//! entries are useless (for texts that changed, or other branches), everything is rewritten without them.

use std::sync::atomic::Ordering;

use camino::Utf8PathBuf;

use super::save::Bytes;
use super::{Pack, Place, State};
use crate::{Key, Kind};

/// With this number of packs, they are merged.
const MANY: usize = 8;

/// This number of useless bytes is never worth rewriting everything.
const SLACK: usize = 4 << 20;

/// The next pack of a folder.
pub(super) struct Merge {
    /// The index of the folder.
    pub(super) root: usize,
    pub(super) entries: Vec<(Key, Kind, Bytes)>,
    /// The packs that it replaces.
    pub(super) packs: Vec<Utf8PathBuf>,
}

/// What to write for the folder with this index; `None` if there is nothing new.
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
        // A released pack is not worth reading again: its entries are recomputed when they are missed.
        let bytes = state.packs[*pack].bytes.as_deref();
        if let Some(bytes) = bytes.and_then(|pack| row.slice(pack)) {
            entries.push((*key, *kind, bytes.into()));
        }
    }
    let packs = taken.into_iter().map(|index| state.packs[index].path.clone()).collect();
    Some(Merge { root, entries, packs })
}
