//! What a run was answered by the file system.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use source::{DirEntry, FileKind, FileSystem, Metadata};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Below this number of paths, threads cost more than they gain.
const PARALLEL_FROM: usize = 64;

/// What a run was answered by the file system: hashes, by path.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reads(BTreeMap<Utf8PathBuf, Outcomes>);

/// The hashes of the outcomes of operations on one path; `None` for an operation that didn't take place.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Outcomes([Option<u128>; 5]);

/// An operation, with its outcome.
pub(super) enum Outcome<'a> {
    Metadata(&'a io::Result<Metadata>),
    Contents(&'a io::Result<Vec<u8>>),
    Entries(&'a io::Result<Vec<DirEntry>>),
    RealPath(&'a io::Result<Utf8PathBuf>),
    IsLink(&'a io::Result<bool>),
}

impl Reads {
    /// The number of paths.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the hash of an outcome; `false` if the same operation had another outcome before.
    pub(super) fn add(&mut self, path: &Utf8Path, operation: usize, hash: u128) -> bool {
        if let Some(known) = self.0.get_mut(path) {
            return *known.0[operation].get_or_insert(hash) == hash;
        }
        let mut outcomes = Outcomes::default();
        outcomes.0[operation] = Some(hash);
        self.0.insert(path.to_owned(), outcomes);
        true
    }

    /// Whether `fs` answers all of it in the same way now.
    pub fn hold(&self, fs: &dyn FileSystem) -> bool {
        let all: Vec<(&Utf8PathBuf, &Outcomes)> = self.0.iter().collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let holds = |part: &[(&Utf8PathBuf, &Outcomes)]| part.iter().all(|(path, it)| it.hold(fs, path));
        if !fs.is_disk() || all.len() < PARALLEL_FROM || threads < 2 {
            return holds(&all);
        }
        std::thread::scope(|scope| {
            let parts: Vec<_> =
                all.chunks(all.len().div_ceil(threads)).map(|part| scope.spawn(|| holds(part))).collect();
            // A thread that panicked has compared nothing.
            parts.into_iter().all(|part| part.join().unwrap_or(false))
        })
    }
}

impl Outcomes {
    fn hold(&self, fs: &dyn FileSystem, path: &Utf8Path) -> bool {
        let [metadata, contents, entries, real_path, is_link] = self.0;
        let is = |expected: Option<u128>, outcome: &dyn Fn() -> u128| {
            expected.is_none_or(|expected| outcome() == expected)
        };
        // First: a file that was replaced by a pipe would never end.
        let now = fs.metadata(path);
        let is_endless = now.as_ref().is_ok_and(|now| now.kind == FileKind::Other);
        is(metadata, &|| Outcome::Metadata(&now).hash())
            && (contents.is_none() || !is_endless)
            && is(contents, &|| Outcome::Contents(&fs.read(path)).hash())
            && is(entries, &|| Outcome::Entries(&fs.read_dir(path)).hash())
            && is(real_path, &|| Outcome::RealPath(&fs.real_path(path)).hash())
            && is(is_link, &|| Outcome::IsLink(&fs.is_link(path)).hash())
    }
}

impl Outcome<'_> {
    /// The index of the operation in [`Outcomes`].
    pub(super) fn operation(&self) -> usize {
        match self {
            Outcome::Metadata(_) => 0,
            Outcome::Contents(_) => 1,
            Outcome::Entries(_) => 2,
            Outcome::RealPath(_) => 3,
            Outcome::IsLink(_) => 4,
        }
    }

    pub(super) fn hash(&self) -> u128 {
        match self {
            // When a file was written decides nothing, and the size of a folder has no meaning.
            Outcome::Metadata(Ok(Metadata { kind: FileKind::File, stamp })) => {
                xxh3_128(&[b"file".as_slice(), &stamp.size.to_le_bytes()].concat())
            }
            Outcome::Metadata(Ok(metadata)) => xxh3_128(format!("{:?}", metadata.kind).as_bytes()),
            Outcome::Contents(Ok(bytes)) => xxh3_128(bytes),
            Outcome::Entries(Ok(entries)) => {
                let mut hash = Xxh3::new();
                for DirEntry { path, kind, is_link, is_utf8 } in entries {
                    let name = path.file_name().unwrap_or_default();
                    hash.update(name.as_bytes());
                    hash.update(&[0, *kind as u8, u8::from(*is_link), u8::from(*is_utf8)]);
                }
                hash.digest128()
            }
            Outcome::RealPath(Ok(path)) => xxh3_128(path.as_str().as_bytes()),
            Outcome::IsLink(Ok(is_link)) => xxh3_128(&[u8::from(*is_link)]),
            Outcome::Metadata(Err(error))
            | Outcome::Contents(Err(error))
            | Outcome::Entries(Err(error))
            | Outcome::RealPath(Err(error))
            | Outcome::IsLink(Err(error)) => of_error(error),
        }
    }
}

/// Reports contain the words of errors.
fn of_error(error: &dyn Display) -> u128 {
    xxh3_128(format!("error: {error}").as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use source::{MemoryFileSystem, Text};

    use crate::Recorder;

    /// Each kind of change to what was read is seen; changes elsewhere are not.
    #[test]
    fn what_was_read_holds_until_it_changes() {
        type Change = fn(&MemoryFileSystem);
        let changes: [(&str, bool, Change); 8] = [
            ("nothing", true, |_| {}),
            ("the same contents", true, |fs| fs.insert("/p/a.py", "a = 1")),
            ("other contents", false, |fs| fs.insert("/p/a.py", "a = 2")),
            ("a removed file", false, |fs| fs.remove("/p/a.py")),
            ("a new file in a listed folder", false, |fs| fs.insert("/p/c.py", "")),
            ("a new file in another folder", true, |fs| fs.insert("/q/c.py", "")),
            ("a file where there was none", false, |fs| fs.insert("/r/missing.toml", "")),
            ("a file that may not be read", false, |fs| fs.deny("/p/a.py")),
        ];
        for (what, expected, change) in changes {
            let fs = Arc::new(MemoryFileSystem::with_files([("/p/a.py", "a = 1"), ("/p/b.py", "")]));
            let recorder = Arc::new(Recorder::over(fs.clone()));
            let run: Arc<dyn source::FileSystem> = recorder.clone();
            assert_eq!(Text::read(&*run, "/p/a.py".into()).as_str(), "a = 1");
            assert_eq!(run.read_dir("/p".into()).unwrap().len(), 2);
            assert!(run.read("/r/missing.toml".into()).is_err());
            let reads = recorder.reads().expect("nothing changed meanwhile");
            assert_eq!(reads.len(), 3);
            change(&fs);
            assert_eq!(reads.hold(&*fs), expected, "{what}");
        }
    }

    #[test]
    fn a_run_that_saw_two_states_or_wrote_has_no_reads() {
        let fs = Arc::new(MemoryFileSystem::with_files([("/p/a.py", "a = 1")]));
        let recorder = Recorder::over(fs.clone());
        let run: &dyn source::FileSystem = &recorder;
        run.read("/p/a.py".into()).unwrap();
        fs.insert("/p/a.py", "a = 2");
        assert!(recorder.reads().is_some(), "not seen yet");
        run.read("/p/a.py".into()).unwrap();
        assert!(recorder.reads().is_none());
        let writer = Recorder::over(fs);
        source::FileSystem::create(&writer, "/p/b.py".into(), b"", None).unwrap();
        assert!(writer.reads().is_none());
    }
}
