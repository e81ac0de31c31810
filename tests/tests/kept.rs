//! The cache between runs only affects the time: facts and findings of all sample backends are the same when computed
//! anew, stored, and loaded again, even from a damaged cache.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use cache::{Key, Kind, Store};
use camino::{Utf8Path, Utf8PathBuf};
use python::Module;
use source::{DiskFileSystem, FileSystem as _, MemoryFileSystem};
use workspace::{Change, Workspace};

const KEPT: &str = "/kept";

fn samples() -> Vec<Utf8PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects");
    let entries = fs::read_dir(folder).expect("the samples are there").flatten();
    let mut samples: Vec<Utf8PathBuf> =
        entries.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.path()).ok()).collect();
    samples.sort();
    samples
}

/// A new store on these files, as in a new process.
fn store(kept: &Arc<MemoryFileSystem>) -> Store {
    Store::new(Arc::clone(kept) as Arc<dyn source::FileSystem>, KEPT.into(), python::VERSION)
}

/// The results of a run on a project: facts and findings by path.
#[derive(PartialEq, Debug)]
struct Said {
    modules: BTreeMap<Utf8PathBuf, Arc<Module>>,
    findings: BTreeMap<Utf8PathBuf, String>,
}

fn run(root: &Utf8Path, store: &Store) -> Said {
    let mut workspace = Workspace::new(Arc::new(DiskFileSystem)).keeping(store.clone());
    workspace.apply(vec![Change::AddFolder(root.to_owned())]);
    workspace.index(|_| {}).expect("nothing panics");
    store.save();
    let snapshot = workspace.snapshot();
    let (mut modules, mut findings) = (BTreeMap::new(), BTreeMap::new());
    for (file, found) in snapshot.check_all() {
        let path = file.path(snapshot.db()).clone();
        modules.insert(path.clone(), python::query::module(snapshot.db(), file));
        findings.insert(path, format!("{found:#?}"));
    }
    store.save();
    Said { modules, findings }
}

#[test]
fn a_second_run_parses_nothing_and_says_the_same() {
    let mut files = 0;
    for root in samples() {
        let kept = Arc::new(MemoryFileSystem::new());
        let without = run(&root, &Store::off());
        let first = store(&kept);
        assert!(run(&root, &first) == without, "{root}: while it is kept");
        let second = store(&kept);
        let warm = run(&root, &second);
        for (path, module) in &without.modules {
            assert_eq!(&warm.modules[path], module, "{path}");
        }
        assert!(warm == without, "{root}: found again");
        let (found, missed) = second.counts();
        assert_eq!(missed, 0, "{root}: nothing is parsed");
        assert!(found >= without.modules.len(), "{root}");
        files += without.modules.len();
    }
    assert!(files > 100, "{files}");
}

/// Flips bits, truncates files, and mixes in parts of other files.
#[test]
fn what_is_damaged_says_nothing_wrong() {
    let root = samples().into_iter().find(|root| root.ends_with("orders-sqlalchemy")).expect("it is there");
    let without = run(&root, &Store::off());
    let kept = Arc::new(MemoryFileSystem::new());
    run(&root, &store(&kept));
    let folders = kept.read_dir(KEPT.into()).expect("it was kept").into_iter();
    let files = folders.flat_map(|folder| kept.read_dir(&folder.path).unwrap_or_default());
    let mut packs = files.map(|file| file.path).filter(|path| path.extension() == Some("pack"));
    let pack = packs.next().expect("it was kept");
    let whole = kept.read(&pack).expect("it can be read");
    let mut random = Random(812);
    let mut missed = 0;
    for round in 0..24 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => {
                for _ in 0..=round {
                    bytes[random.below(whole.len())] ^= 1 << random.below(8);
                }
            }
            1 => bytes.truncate(random.below(whole.len())),
            _ => {
                let (from, to) = (random.below(whole.len() - 64), random.below(whole.len() - 64));
                bytes.copy_within(from..from + 64, to);
            }
        }
        let damaged = Arc::new(MemoryFileSystem::new());
        damaged.insert(&*pack, bytes);
        let store = store(&damaged);
        assert!(run(&root, &store) == without, "round {round}");
        missed += store.counts().1;
    }
    assert!(missed > 0, "the damage was met");
}

/// Facts of broken texts are also restored unchanged: each file of the samples is cut off at many positions.
#[test]
fn facts_are_what_they_were() {
    let kept = Arc::new(MemoryFileSystem::new());
    let mut random = Random(7);
    let mut texts = Vec::new();
    for root in samples() {
        let store = Store::off();
        for path in run(&root, &store).modules.into_keys() {
            let text = fs::read_to_string(&path).expect("it can be read");
            for _ in 0..6 {
                let mut end = random.below(text.len() + 1);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                texts.push(text[..end].to_owned());
            }
        }
    }
    let facts = |text: &str| python::lower(text, &python::parse(text));
    let first = store(&kept);
    first.open("/p".into());
    for text in &texts {
        first.put("/p/a.py".into(), Kind::Module, Key::of(text), &facts(text));
    }
    first.save();
    let second = store(&kept);
    second.open("/p".into());
    for text in &texts {
        assert_eq!(second.get::<Module>(Kind::Module, Key::of(text)), Some(facts(text)), "{text}");
    }
}

/// A linear congruential generator: the same numbers in each run (Knuth, MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
