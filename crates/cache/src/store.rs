//! The entries of the folders that are open, and those that are still to be written.

mod merge;
mod save;

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

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

/// What an entry holds.
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

/// The entries of the folders that are open, and those that are still to be written. Cheap to clone; clones share all.
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
    /// Held by who writes: one at a time.
    saving: Mutex<()>,
}

#[derive(Default)]
struct State {
    roots: Vec<Root>,
    entries: FxHashMap<(Key, Kind), Entry>,
    packs: Vec<Pack>,
    /// Whether the packs of all roots were read.
    is_read: bool,
}

/// A folder that was opened.
struct Root {
    /// Absolute.
    path: Utf8PathBuf,
    /// Where its packs are.
    folder: Utf8PathBuf,
    is_read: bool,
}

/// A pack that was read.
struct Pack {
    /// Index of the folder that it belongs to.
    root: usize,
    path: Utf8PathBuf,
    /// In bytes.
    size: usize,
    /// What is in it; nothing once it was put to rest.
    bytes: Option<Arc<[u8]>>,
}

struct Entry {
    /// Index of the folder that it belongs to.
    root: usize,
    place: Place,
    /// Whether anybody has asked for it.
    is_used: AtomicBool,
}

enum Place {
    /// In a pack, by its index.
    Packed(usize, Row),
    /// Not yet written.
    Pending(Arc<[u8]>),
}

impl Store {
    /// One that keeps nothing.
    pub const fn off() -> Self {
        Self { inner: None }
    }

    /// One that keeps what it is given in `folder`, which need not exist. `version` tells apart the programs that would make
    /// something else of the same text.
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

    /// Has entries of files below `root` (absolute) read and kept. They are read when the first is asked for.
    pub fn open(&self, root: &Utf8Path) {
        let Some(inner) = &self.inner else { return };
        let mut state = inner.write();
        if state.roots.iter().all(|open| open.path != root) {
            let folder = inner.folder.join(name(root));
            state.roots.push(Root { path: root.to_owned(), folder, is_read: false });
            state.is_read = false;
        }
    }

    /// The entry with this key; nothing where there is none, or none that can be read.
    pub fn get<T: DeserializeOwned>(&self, kind: Kind, key: Key) -> Option<T> {
        let inner = self.inner.as_ref()?;
        let value = inner.get(kind, key);
        let counter = if value.is_some() { &inner.found } else { &inner.missed };
        counter.fetch_add(1, Ordering::Relaxed);
        value
    }

    /// Keeps an entry of the file at `path`, if that is below a folder that is open. It is written with the next
    /// [`Store::save`].
    pub fn put<T: Serialize>(&self, path: &Utf8Path, kind: Kind, key: Key, value: &T) {
        let Some(inner) = &self.inner else { return };
        let Some(root) = inner.read().roots.iter().position(|root| path.starts_with(&root.path)) else {
            return;
        };
        // What can't be written is not kept.
        let Ok(bytes) = postcard::to_stdvec(value) else { return };
        let place = Place::Pending(bytes.into());
        inner.write().entries.insert((key, kind), Entry { root, place, is_used: AtomicBool::new(true) });
    }

    /// How many entries were found, and how many were asked for in vain.
    pub fn counts(&self) -> (usize, usize) {
        let count =
            |inner: &Arc<Inner>| (inner.found.load(Ordering::Relaxed), inner.missed.load(Ordering::Relaxed));
        self.inner.as_ref().map_or((0, 0), count)
    }

    /// Lets go of the memory that packs take: from now on each entry is read by itself. For when most were asked for.
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

    /// Reads the packs of folders that were opened since.
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
                // Whoever wrote it wrote it whole: it will not get better.
                let _ = self.fs.remove(&path);
                continue;
            };
            let pack = state.packs.len();
            // Those that are damaged are as if they had never been: another pack may have them.
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

    // Whoever panicked with the lock in hand left whole entries: each is inserted at once.
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

/// What a pack's name ends with.
pub(crate) const PACK: &str = ".pack";

/// The name of the folder for what is kept of `root`: for people its last part, for us a hash of all.
fn name(root: &Utf8Path) -> String {
    let last: String = root.file_name().unwrap_or("root").chars().take(40).collect();
    format!("{last}-{:016x}", xxh3_64(root.as_str().as_bytes()))
}

#[cfg(test)]
mod tests;
