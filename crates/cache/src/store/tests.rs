#![allow(clippy::unwrap_used)]

mod faulty;

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{DiskFileSystem, FileSystem};
use tempfile::TempDir;

use super::{Kind, Store};
use crate::{Key, Size, bound, clean, size};
use faulty::{Fault, Faulty};

const ROOT: &str = "/work/shop";

/// A folder on disk, and the actions of processes on it.
struct Folder {
    _folder: TempDir,
    path: Utf8PathBuf,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("deep/kept")).unwrap();
        Self { _folder: folder, path }
    }

    /// A process that has opened the folder [`ROOT`].
    fn start(&self) -> Store {
        self.start_with(Arc::new(DiskFileSystem), 1)
    }

    fn start_with(&self, fs: Arc<dyn FileSystem>, version: u64) -> Store {
        let store = Store::new(fs, self.path.clone(), version);
        store.open(ROOT.into());
        store
    }

    /// A run that stores the results for these texts.
    fn keep(&self, texts: impl IntoIterator<Item = u32>) {
        let store = self.start();
        work(&store, texts);
        store.save();
    }

    fn packs(&self) -> Vec<Utf8PathBuf> {
        let folders = DiskFileSystem.read_dir(&self.path).unwrap_or_default().into_iter();
        let files = folders.flat_map(|folder| DiskFileSystem.read_dir(&folder.path).unwrap_or_default());
        files.map(|file| file.path).collect()
    }
}

fn text(number: u32) -> String {
    format!("number = {number}\n")
}

/// The result for a text; large enough that most damage is in the middle of it.
fn worked_out(number: u32) -> String {
    format!("{number} is worked out. ").repeat(3)
}

/// Processes these texts and returns how many results were found.
fn work(store: &Store, texts: impl IntoIterator<Item = u32>) -> usize {
    let mut found = 0;
    for number in texts {
        let key = Key::of(&text(number));
        match store.get::<String>(Kind::Module, key) {
            Some(value) => {
                assert_eq!(value, worked_out(number), "what is found is what would be worked out");
                found += 1;
            }
            None => store.put(&Utf8Path::new(ROOT).join("a.py"), Kind::Module, key, &worked_out(number)),
        }
    }
    found
}

#[test]
fn what_was_kept_is_found_by_the_next_process() {
    let folder = Folder::new();
    let store = folder.start();
    assert_eq!(work(&store, 0..20), 0);
    assert_eq!(work(&store, 0..20), 20, "in the same process, before it is written");
    assert_eq!(store.save().entries, 20);
    assert_eq!(work(&store, 0..20), 20, "in the same process, once it is written");
    assert_eq!(store.save().entries, 0, "nothing is new");
    let next = folder.start();
    assert_eq!(work(&next, 0..20), 20);
    next.rest();
    assert_eq!(work(&next, 0..20), 20, "at rest, too");
    assert_eq!(next.counts(), (40, 0));
    assert_eq!(folder.packs().len(), 1);
}

#[test]
fn what_is_off_keeps_nothing() {
    let store = Store::off();
    store.open(ROOT.into());
    assert_eq!((work(&store, 0..3), work(&store, 0..3)), (0, 0));
    assert_eq!(store.save().entries, 0);
}

#[test]
fn a_file_of_no_open_folder_is_not_kept() {
    let folder = Folder::new();
    let store = folder.start();
    store.put("/tmp/a.py".into(), Kind::Module, Key::of("x"), &1);
    store.put("/work/shopping/a.py".into(), Kind::Module, Key::of("y"), &1);
    assert_eq!(store.save().entries, 0);
    assert!(folder.packs().is_empty());
}

#[test]
fn another_version_finds_nothing_and_takes_nothing_away() {
    let folder = Folder::new();
    folder.keep(0..5);
    let other = folder.start_with(Arc::new(DiskFileSystem), 2);
    assert_eq!(work(&other, 0..5), 0);
    other.save();
    assert_eq!(work(&folder.start(), 0..5), 5);
    assert_eq!(work(&folder.start_with(Arc::new(DiskFileSystem), 2), 0..5), 5);
    // A pack of one version under the name of another.
    let packs = folder.packs();
    let renamed = packs[0].as_str().replace("/0000000000000001-", "/0000000000000003-");
    std::fs::copy(&packs[0], &renamed).unwrap();
    assert_eq!(work(&folder.start_with(Arc::new(DiskFileSystem), 3), 0..5), 0);
}

/// Flips one bit of each byte of a pack, varying the bit: the result is at most a miss, and the next run repairs it.
#[test]
fn what_is_damaged_is_worked_out_again() {
    let folder = Folder::new();
    folder.keep(0..6);
    let pack = folder.packs().remove(0);
    let whole = std::fs::read(&pack).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        std::fs::write(&pack, &damaged).unwrap();
        let store = folder.start();
        // The first request reads all packs; after that each entry is read individually.
        store.get::<String>(Kind::Module, Key::of("nothing"));
        if at % 2 == 0 {
            store.rest();
        }
        assert!(work(&store, 0..6) < 6, "byte {at}");
        store.save();
        assert_eq!(work(&folder.start(), 0..6), 6, "byte {at}");
        for pack in folder.packs() {
            std::fs::remove_file(pack).unwrap();
        }
    }
    for length in (0..whole.len()).step_by(3) {
        std::fs::write(&pack, &whole[..length]).unwrap();
        assert!(work(&folder.start(), 0..6) < 6, "cut off at {length}");
    }
}

/// A process is killed, runs out of disk space, or is denied an operation, at each of its operations: the result is
/// correct, and the next run completes it.
#[test]
fn whatever_stops_a_process_costs_nothing_but_time() {
    for fault in [Fault::Kill, Fault::Full, Fault::Denied] {
        // The first run creates folders; the last one of many merges packs.
        for runs_before in [0_u32, 9] {
            let mut at = 0;
            loop {
                let folder = Folder::new();
                for run in 0..runs_before {
                    folder.keep(0..=run);
                }
                let faulty = Arc::new(Faulty::new(fault, at));
                let store = folder.start_with(Arc::clone(&faulty) as Arc<dyn FileSystem>, 1);
                work(&store, 0..20);
                store.save();
                work(&store, 0..20);
                let is_reached = faulty.is_reached();
                let next = folder.start();
                let found = work(&next, 0..20);
                next.save();
                assert!(found <= 20 && found >= runs_before as usize, "{fault:?} at {at}: {found}");
                assert_eq!(work(&folder.start(), 0..20), 20, "{fault:?} at {at}");
                if !is_reached {
                    assert_eq!(found, 20);
                    assert!(at > 5, "there were operations");
                    break;
                }
                at += 1;
            }
        }
    }
}

#[test]
fn what_a_killed_process_left_is_removed_when_it_is_old() {
    let folder = Folder::new();
    folder.keep(0..2);
    let kept = folder.packs()[0].parent().unwrap().to_owned();
    let (old, young) = (kept.join("1-2-3.tmp"), kept.join("1-2-4.tmp"));
    std::fs::write(&old, "x").unwrap();
    std::fs::write(&young, "x").unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    std::fs::File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    folder.keep(0..3);
    assert_eq!((old.exists(), young.exists()), (false, true));
}

/// Processes that constantly read, write and merge the same packs never see anything wrong, and in the end everything
/// is present.
#[test]
fn processes_do_not_disturb_each_other() {
    let folder = Folder::new();
    std::thread::scope(|scope| {
        for process in 0..4_u32 {
            let folder = &folder;
            scope.spawn(move || {
                for run in 0..25_u32 {
                    // Some texts differ between processes, some are the same.
                    folder.keep((0..run).chain([1_000 + process * 100 + run]));
                }
            });
        }
    });
    assert_eq!(work(&folder.start(), 0..24), 24);
    assert!(folder.packs().len() < 4 * 9, "{}", folder.packs().len());
}

#[test]
fn packs_are_few() {
    let folder = Folder::new();
    for run in 1..60 {
        folder.keep(0..run);
        assert!(folder.packs().len() <= 9, "{} after {run}", folder.packs().len());
    }
    assert_eq!(work(&folder.start(), 0..59), 59);
}

#[test]
fn what_nobody_asks_for_goes_when_it_is_most() {
    let folder = Folder::new();
    let large = "x".repeat(1 << 20);
    let keep = |keys: std::ops::Range<u32>| {
        let store = folder.start();
        for number in keys {
            let key = Key::of(&text(number));
            if store.get::<String>(Kind::Module, key).is_none() {
                store.put(&Utf8Path::new(ROOT).join("a.py"), Kind::Module, key, &large);
            }
        }
        store.save();
        size(&DiskFileSystem, &folder.path).bytes >> 20
    };
    assert_eq!(keep(0..6), 6);
    assert_eq!(keep(4..7), 7, "another branch: both are kept");
    assert_eq!(keep(6..9), 9, "two of three are of no use, but that is not much");
    assert_eq!(keep(8..10), 2, "what was asked for, and what is new");
}

#[test]
fn all_together_takes_no_more_than_so_much() {
    let folder = Folder::new();
    let modified = |store: &Store, root: &str| {
        store.open(root.into());
        store.put(&Utf8Path::new(root).join("a.py"), Kind::Module, Key::of(root), &"x".repeat(1_000));
        store.save();
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    for root in ["/one", "/two", "/three"] {
        modified(&Store::new(Arc::new(DiskFileSystem), folder.path.clone(), 1), root);
    }
    let before = size(&DiskFileSystem, &folder.path);
    assert_eq!(before.projects, 3);
    bound::keep_below(&DiskFileSystem, &folder.path, before.bytes - 1, &[]);
    let has = |root: &str| {
        let store = Store::new(Arc::new(DiskFileSystem), folder.path.clone(), 1);
        store.open(root.into());
        store.get::<String>(Kind::Module, Key::of(root)).is_some()
    };
    assert_eq!(["/one", "/two", "/three"].map(has), [false, true, true], "the oldest went");
    let open = DiskFileSystem.read_dir(&folder.path).unwrap();
    let open: Vec<Utf8PathBuf> =
        open.into_iter().map(|entry| entry.path).filter(|path| path.as_str().contains("two-")).collect();
    bound::keep_below(&DiskFileSystem, &folder.path, 0, &open);
    assert_eq!(["/one", "/two", "/three"].map(has), [false, true, false], "what is open stays");
}

#[test]
fn cleaning_takes_what_is_ours() {
    let folder = Folder::new();
    assert_eq!(clean(&DiskFileSystem, &folder.path).unwrap(), Size::default(), "nothing is there");
    folder.keep(0..4);
    assert!(folder.path.join(bound::TAG).exists());
    let cleaned = clean(&DiskFileSystem, &folder.path).unwrap();
    assert_eq!(cleaned.projects, 1);
    assert!(cleaned.bytes > 100 && !folder.path.exists());
    folder.keep(0..4);
    let of_others = [folder.path.join("notes.pack"), folder.path.join("thesis/chapter.pack")];
    std::fs::create_dir(folder.path.join("thesis")).unwrap();
    for path in &of_others {
        std::fs::write(path, "x").unwrap();
    }
    clean(&DiskFileSystem, &folder.path).unwrap();
    assert!(of_others.iter().all(|path| path.exists()));
    assert_eq!(size(&DiskFileSystem, &folder.path), Size::default());
}
