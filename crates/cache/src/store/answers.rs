//! The answers of whole runs, one file each.
//!
//! ```text
//! magic (16)  checksum of the rest (8)  what was read, and the answer
//! ```
//! The name of a file consists of the question's key and a hash of the contents: several states of the same project
//! (branches, a change that was taken back) have an answer each, and two processes never write different contents under
//! one name.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{Inner, Store, name};
use crate::{Key, Reads, bound};

/// The suffix of the names of answers.
pub(crate) const ANSWER: &str = ".answer";

/// The last character is the version of the layout.
const MAGIC: [u8; 16] = *b"architrave-answ1";

/// The number of bytes before what was read.
const HEAD: usize = 24;

/// The number of answers kept for a folder.
const MOST: usize = 12;

impl Store {
    /// The answer of an earlier run to the question with this key about `root`, if everything that the run read is the
    /// same now.
    pub fn recall<T: DeserializeOwned>(&self, root: &Utf8Path, question: Key) -> Option<T> {
        let inner = self.inner.as_ref()?;
        let start = format!("{:032x}-", question.0);
        let mut kept = inner.answers_in(&inner.folder.join(name(root)));
        kept.retain(|(path, _)| path.file_name().is_some_and(|name| name.starts_with(&start)));
        kept.iter().find_map(|(path, _)| {
            let bytes = inner.fs.read(path).ok()?;
            let (reads, rest) = postcard::take_from_bytes::<Reads>(whole(&bytes)?).ok()?;
            if reads.hold(&*inner.fs) { postcard::from_bytes(rest).ok() } else { None }
        })
    }

    /// Keeps the answer of a run that read `reads`. An answer that can't be written is dropped.
    pub fn keep<T: Serialize>(&self, root: &Utf8Path, question: Key, reads: &Reads, answer: &T) {
        let Some(inner) = &self.inner else { return };
        let Ok(bytes) = postcard::to_extend(reads, vec![0; HEAD]) else { return };
        let Ok(mut bytes) = postcard::to_extend(answer, bytes) else { return };
        let checksum = xxh3_64(&bytes[HEAD..]);
        bytes[..16].copy_from_slice(&MAGIC);
        bytes[16..HEAD].copy_from_slice(&checksum.to_le_bytes());
        let folder = inner.folder.join(name(root));
        let path = folder.join(format!("{:032x}-{:032x}{ANSWER}", question.0, xxh3_128(&bytes)));
        let _one = inner.saving.lock();
        let written = inner.create_folder(&folder).and_then(|()| {
            inner.remove_abandoned(&folder);
            inner.write_whole(&folder, &path, &bytes)
        });
        if let Err(error) = written {
            tracing::debug!(%path, "an answer isn't kept: {error}");
            return;
        }
        for (old, _) in inner.answers_in(&folder).iter().skip(MOST).filter(|(old, _)| *old != path) {
            let _ = inner.fs.remove(old);
        }
        bound::keep_below(&*inner.fs, &inner.folder, bound::MOST, &[folder]);
    }
}

impl Inner {
    /// The answers in a folder and when they were written, the newest first.
    fn answers_in(self: &Arc<Self>, folder: &Utf8Path) -> Vec<(Utf8PathBuf, u128)> {
        let entries = self.fs.read_dir(folder).unwrap_or_default().into_iter();
        let named = entries.filter(|entry| entry.path.as_str().ends_with(ANSWER));
        let mut kept: Vec<(Utf8PathBuf, u128)> = named
            .filter_map(|entry| {
                let modified = self.fs.metadata(&entry.path).ok()?.stamp.modified;
                Some((entry.path, modified))
            })
            .collect();
        kept.sort_by(|(a, first), (b, second)| second.cmp(first).then_with(|| a.cmp(b)));
        kept
    }
}

/// What follows the head, if it is what was written.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let checksum = u64::from_le_bytes(head[16..].try_into().ok()?);
    (head[..16] == MAGIC && xxh3_64(rest) == checksum).then_some(rest)
}
