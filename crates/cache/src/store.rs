//! The entries of the open folders, including those still to be written.

mod answers;
mod merge;
mod save;

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub(crate) use answers::ANSWER;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
pub use save::Saved;
pub(crate) use save::UNFINISHED;
use serde::Serialize;
use serde::de::DeserializeOwned;
use source::FileSystem;
use xxhash_rust::xxh3::xxh3_64;

use crate::Key;
use crate::pack::{Row, table};

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// All facts of one module.
    Module,
}

impl Kind {
    const ALL: [Kind; 1] = [Kind::Module];

    pub(crate) fn number(self) -> u32 {
        self as u32
    }

    pub(crate) fn numbered(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// The entries of the open folders, including those still to be written. Cheap to clone; clones share everything.
#[derive(Clone, Default)]
pub struct Store {
    inner: Option<Arc<Inner>>,
}

struct Inner {
    fs: Arc<dyn FileSystem>,
    folder: Utf8PathBuf,
    version: u64,
    state: RwLock<State>,
    found: AtomicUsize,
    missed: AtomicUsize,
    /// Held while writing, one thread at a time.
    saving: Mutex<()>,
}

#[derive(Default)]
struct State {
    roots: Vec<Root>,
    entries: FxHashMap<(Key, Kind), Entry>,
    packs: Vec<Pack>,
    /// Whether the packs of all roots have been read.
    is_read: bool,
}

/// An opened folder.
struct Root {
    /// The absolute path.
    path: Utf8PathBuf,
    /// The folder with its packs.
    folder: Utf8PathBuf,
    is_read: bool,
}

/// A pack that was read.
struct Pack {
    /// The index of the folder that it belongs to.
    root: usize,
    path: Utf8PathBuf,
    /// The size in bytes.
    size: usize,
    /// The contents; `None` after `rest`.
    bytes: Option<Arc<[u8]>>,
}

struct Entry {
    /// The index of the folder that it belongs to.
    root: usize,
    place: Place,
    /// Whether it has been requested.
    is_used: AtomicBool,
}

enum Place {
    /// In a pack, by its index.
    Packed(usize, Row),
    /// Not written yet.
    Pending(Arc<[u8]>),
}

impl Store {
    /// A store that keeps nothing.
    pub const fn off() -> Self {
        Self { inner: None }
    }

    /// A store that keeps its entries in `folder`, which need not exist. `version` distinguishes programs that compute
    /// different results from the same text.
    pub fn new(fs: Arc<dyn FileSystem>, folder: Utf8PathBuf, version: u64) -> Self {
        let inner = Inner {
            fs,
            folder,
            version,
            state: RwLock::default(),
            found: AtomicUsize::new(0),
            missed: AtomicUsize::new(0),
            saving: Mutex::default(),
        };
        Self { inner: Some(Arc::new(inner)) }
    }

    /// Whether it keeps anything.
    pub fn is_on(&self) -> bool {
        self.inner.is_some()
    }

    /// Enables reading and writing of entries for files below `root` (absolute). The entries are read when the first
    /// one is requested.
    pub fn open(&self, root: &Utf8Path) {
        let Some(inner) = &self.inner else { return };
        let mut state = inner.write();
        if state.roots.iter().all(|open| open.path != root) {
            let folder = inner.folder.join(name(root));
            state.roots.push(Root { path: root.to_owned(), folder, is_read: false });
            state.is_read = false;
        }
    }

    /// The entry with this key; `None` if there is none that can be read.
    pub fn get<T: DeserializeOwned>(&self, kind: Kind, key: Key) -> Option<T> {
        let inner = self.inner.as_ref()?;
        let value = inner.get(kind, key);
        let counter = if value.is_some() { &inner.found } else { &inner.missed };
        counter.fetch_add(1, Ordering::Relaxed);
        value
    }

    /// Keeps an entry for the file at `path`, if that is below an open folder. The next [`Store::save`] writes it.
    pub fn put<T: Serialize>(&self, path: &Utf8Path, kind: Kind, key: Key, value: &T) {
        let Some(inner) = &self.inner else { return };
        let Some(root) = inner.read().roots.iter().position(|root| path.starts_with(&root.path)) else {
            return;
        };
        // A value that can't be serialized is not kept.
        let Ok(bytes) = postcard::to_stdvec(value) else { return };
        let place = Place::Pending(bytes.into());
        inner.write().entries.insert((key, kind), Entry { root, place, is_used: AtomicBool::new(true) });
    }

    /// The numbers of entries that were found and not found.
    pub fn counts(&self) -> (usize, usize) {
        let count =
            |inner: &Arc<Inner>| (inner.found.load(Ordering::Relaxed), inner.missed.load(Ordering::Relaxed));
        self.inner.as_ref().map_or((0, 0), count)
    }

    /// Releases the memory of the packs: from now on each entry is read individually. Call this when most entries have
    /// been requested.
    pub fn rest(&self) {
        let Some(inner) = &self.inner else { return };
        for pack in &mut inner.write().packs {
            pack.bytes = None;
        }
    }
}

impl Inner {
    fn get<T: DeserializeOwned>(&self, kind: Kind, key: Key) -> Option<T> {
        self.ensure_read();
        let (row, path) = {
            let state = self.read();
            let entry = state.entries.get(&(key, kind))?;
            entry.is_used.store(true, Ordering::Relaxed);
            match &entry.place {
                Place::Pending(bytes) => {
                    let bytes = Arc::clone(bytes);
                    drop(state);
                    return postcard::from_bytes(&bytes).ok();
                }
                Place::Packed(pack, row) => {
                    let (pack, row) = (&state.packs[*pack], *row);
                    if let Some(bytes) = &pack.bytes {
                        let bytes = Arc::clone(bytes);
                        drop(state);
                        return postcard::from_bytes(row.slice(&bytes)?).ok();
                    }
                    (row, pack.path.clone())
                }
            }
        };
        let bytes = self.fs.read_range(&path, row.start as u64, row.length).ok()?;
        if !row.is_whole(&bytes) {
            return None;
        }
        postcard::from_bytes(&bytes).ok()
    }

    /// Reads the packs of folders opened since the last call.
    fn ensure_read(&self) {
        if self.read().is_read {
            return;
        }
        let mut state = self.write();
        if state.is_read {
            return;
        }
        for index in 0..state.roots.len() {
            if !std::mem::replace(&mut state.roots[index].is_read, true) {
                self.read_root(&mut state, index);
            }
        }
        state.is_read = true;
    }

    fn read_root(&self, state: &mut State, root: usize) {
        for (path, _) in self.packs_in(&state.roots[root].folder) {
            let Ok(bytes) = self.fs.read(&path) else { continue };
            let Some(rows) = table(&bytes, self.version) else {
                tracing::debug!(%path, "a pack is damaged and left out");
                // The pack was complete when it was written, so it won't become readable later.
                let _ = self.fs.remove(&path);
                continue;
            };
            let pack = state.packs.len();
            // Damaged entries are treated as missing; another pack may contain them.
            for row in rows.into_iter().filter(|row| row.of(&bytes).is_some()) {
                let entry = Entry { root, place: Place::Packed(pack, row), is_used: AtomicBool::new(false) };
                state.entries.entry((row.key, row.kind)).or_insert(entry);
            }
            state.packs.push(Pack { root, path, size: bytes.len(), bytes: Some(bytes.into()) });
        }
    }

    /// The packs of this version in a folder.
    fn packs_in(&self, folder: &Utf8Path) -> Vec<(Utf8PathBuf, String)> {
        let start = format!("{:016x}-", self.version);
        let entries = self.fs.read_dir(folder).unwrap_or_default().into_iter();
        let named =
            entries.filter_map(|entry| Some((entry.path.clone(), entry.path.file_name()?.to_owned())));
        named.filter(|(_, name)| name.starts_with(&start) && name.ends_with(PACK)).collect()
    }

    // A thread that panicked while holding the lock left only complete entries: each is inserted atomically.
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("folder", &self.inner.as_ref().map(|inner| &inner.folder)).finish()
    }
}

/// The suffix of pack names.
pub(crate) const PACK: &str = ".pack";

/// The name of the folder with the data of `root`: its last segment for readability, and a hash of the complete path.
fn name(root: &Utf8Path) -> String {
    let last: String = root.file_name().unwrap_or("root").chars().take(40).collect();
    format!("{last}-{:016x}", xxh3_64(root.as_str().as_bytes()))
}

#[cfg(test)]
mod tests;
