//! Writing new entries, and merging packs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{io, process};

use camino::{Utf8Path, Utf8PathBuf};
use xxhash_rust::xxh3::xxh3_128;

use super::merge::{Merge, merge};
use super::{Entry, Inner, PACK, Pack, Place, Store};
use crate::bound;
use crate::pack::{pack, table};

/// What was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The number of entries, including those of merged packs.
    pub entries: usize,
    /// The number of bytes.
    pub bytes: usize,
}

/// The suffix of incomplete packs.
pub(crate) const UNFINISHED: &str = ".tmp";

/// An incomplete pack older than this has been abandoned.
const ABANDONED: Duration = Duration::from_secs(3600);

impl Store {
    /// Writes the new entries. Entries that can't be written are dropped; the next run computes them again. Without new
    /// entries, nothing is written or examined.
    pub fn save(&self) -> Saved {
        let Some(inner) = &self.inner else { return Saved::default() };
        let _one = inner.saving.lock();
        let mut saved = Saved::default();
        let roots = inner.read().roots.len();
        for root in 0..roots {
            let Some(merge) = merge(&inner.read(), root) else { continue };
            match inner.write_pack(&merge) {
                Ok(bytes) => {
                    saved.entries += merge.entries.len();
                    saved.bytes += bytes;
                }
                Err(error) => {
                    tracing::debug!(folder = %inner.folder, "nothing is kept: {error}");
                    inner.let_go(&merge);
                }
            }
        }
        if saved.bytes > 0 {
            let open: Vec<Utf8PathBuf> = inner.read().roots.iter().map(|root| root.folder.clone()).collect();
            bound::keep_below(&*inner.fs, &inner.folder, bound::MOST, &open);
        }
        saved
    }
}

impl Inner {
    /// Writes a new pack and removes those that it includes.
    fn write_pack(&self, merge: &Merge) -> io::Result<usize> {
        let folder = self.read().roots[merge.root].folder.clone();
        let bytes =
            pack(self.version, merge.entries.iter().map(|(key, kind, bytes)| (*key, *kind, &**bytes)));
        let path = folder.join(format!("{:016x}-{:032x}{PACK}", self.version, xxh3_128(&bytes)));
        self.create_folder(&folder)?;
        self.remove_abandoned(&folder);
        self.write_whole(&folder, &path, &bytes)?;
        // Only now: if the process stops in between, the same entries exist twice rather than never.
        for old in merge.packs.iter().filter(|old| **old != path) {
            let _ = self.fs.remove(old);
        }
        let rows = table(&bytes, self.version).unwrap_or_default();
        let mut state = self.write();
        let number = state.packs.len();
        for row in rows {
            if let Some(entry) = state.entries.get_mut(&(row.key, row.kind)) {
                entry.place = Place::Packed(number, row);
            }
        }
        state.packs.push(Pack { root: merge.root, path, size: bytes.len(), bytes: None });
        for old in &mut state.packs[..number] {
            if merge.packs.contains(&old.path) {
                (old.size, old.bytes) = (0, None);
            }
        }
        // Entries of removed packs that weren't transferred can't be found anymore.
        let gone: Vec<bool> = state.packs.iter().map(|pack| pack.size == 0).collect();
        state.entries.retain(|_, entry| !matches!(entry.place, Place::Packed(pack, _) if gone[pack]));
        Ok(bytes.len())
    }

    /// Creates a file atomically.
    pub(super) fn write_whole(&self, folder: &Utf8Path, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        if self.fs.metadata(path).is_ok() {
            // A file with this name has the same contents.
            return Ok(());
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = folder.join(format!("{:x}-{now:x}-{number:x}{UNFINISHED}", process::id()));
        let written =
            self.fs.create(&unfinished, bytes, None).and_then(|()| self.fs.rename(&unfinished, path));
        match written {
            Ok(()) => Ok(()),
            Err(error) => {
                let _ = self.fs.remove(&unfinished);
                if error.kind() == io::ErrorKind::AlreadyExists && self.fs.metadata(path).is_ok() {
                    return Ok(());
                }
                Err(error)
            }
        }
    }

    /// Creates the folder for packs, and marks its parent as a cache.
    pub(super) fn create_folder(&self, folder: &Utf8Path) -> io::Result<()> {
        if self.fs.metadata(folder).is_ok() {
            return Ok(());
        }
        let missing: Vec<&Utf8Path> =
            folder.ancestors().take_while(|folder| self.fs.metadata(folder).is_err()).collect();
        for folder in missing.into_iter().rev() {
            match self.fs.create_folder(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        // Backup programs recognize this: https://bford.info/cachedir/
        let _ = self.fs.create(&self.folder.join(bound::TAG), bound::TAG_TEXT, None);
        Ok(())
    }

    /// Removes the incomplete files of a process that was stopped while writing.
    pub(super) fn remove_abandoned(&self, folder: &Utf8Path) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        for entry in self.fs.read_dir(folder).unwrap_or_default() {
            let is_unfinished = entry.path.file_name().is_some_and(|name| name.ends_with(UNFINISHED));
            let Some(metadata) = is_unfinished.then(|| self.fs.metadata(&entry.path).ok()).flatten() else {
                continue;
            };
            // Also if the clock was set back.
            if now.abs_diff(metadata.stamp.modified) > ABANDONED.as_nanos() {
                let _ = self.fs.remove(&entry.path);
            }
        }
    }

    /// Drops entries that can't be written.
    fn let_go(&self, merge: &Merge) {
        let mut state = self.write();
        for (key, kind, _) in &merge.entries {
            let is_pending =
                |entry: &Entry| matches!(entry.place, Place::Pending(_)) && entry.root == merge.root;
            if state.entries.get(&(*key, *kind)).is_some_and(is_pending) {
                state.entries.remove(&(*key, *kind));
            }
        }
    }
}

/// The bytes of an entry during a merge.
pub(super) type Bytes = Arc<[u8]>;
