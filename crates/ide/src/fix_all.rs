//! All safe fixes: of one file for the editor, of many for the command line.
//!
//! Within a file, fixes upon fixes are made on the text alone ([`mend`]): what a file imports at its head can only
//! close a cycle with ways that lead through other files, and those stay as they are. Between files the project is
//! judged again: two hoisted imports that each close no cycle could close one together.

mod mend;
mod of_rule;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
pub(crate) use mend::{difference, mend, safe_fix};
pub(crate) use of_rule::fix_rule;
use source::Text;
use workspace::{Change, Snapshot, Workspace};

/// So many rounds are made over all files, and within one. A fix may make room for another; two that undo each other
/// must end.
const ROUNDS: usize = 10;

/// What was mended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FixAll {
    /// The files that changed, sorted by path.
    pub files: Vec<FixedFile>,
    /// How many findings were mended.
    pub mended: usize,
    /// Files with safe fixes left undone, with the reason in words.
    pub left: Vec<(Utf8PathBuf, String)>,
}

/// A file after its fixes.
#[derive(Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// The text.
    pub contents: String,
    /// The text in the file's own encoding, to be written to disk.
    pub bytes: Vec<u8>,
}

/// Applies safe fixes to the files that `wanted` picks until none is left. Nothing is written to disk: the new texts
/// are open buffers of `workspace` afterwards (so that it can be asked what is still found), and come back to be
/// written.
pub fn fix_all(workspace: &mut Workspace, wanted: impl Fn(&Utf8Path) -> bool) -> FixAll {
    let mut work = Work {
        workspace,
        originals: BTreeMap::new(),
        fixed: BTreeMap::new(),
        left: BTreeMap::new(),
        mended: 0,
    };
    for _ in 0..ROUNDS {
        // Bound first: a snapshot that lived as long as the loop would make its writes wait for ever.
        let paths = candidates(&work.workspace.snapshot(), &wanted);
        let mut changed = false;
        for path in paths {
            changed |= work.fix_file(&path);
        }
        if !changed {
            break;
        }
    }
    FixAll {
        files: work.fixed.into_values().collect(),
        mended: work.mended,
        left: work.left.into_iter().map(|(path, reason)| (path, reason.to_owned())).collect(),
    }
}

/// Files with a safe fix.
fn candidates(snapshot: &Snapshot, wanted: &impl Fn(&Utf8Path) -> bool) -> Vec<Utf8PathBuf> {
    let db = snapshot.db();
    let mut paths = Vec::new();
    for project in snapshot.projects() {
        for (_, file) in &project.files(db).list {
            let path = file.path(db);
            if wanted(path)
                && snapshot.check(*project, *file).iter().any(|finding| safe_fix(finding).is_some())
            {
                paths.push(path.clone());
            }
        }
    }
    paths
}

struct Work<'w> {
    workspace: &'w mut Workspace,
    /// The texts as they are on disk: they know the encoding.
    originals: BTreeMap<Utf8PathBuf, Arc<Text>>,
    fixed: BTreeMap<Utf8PathBuf, FixedFile>,
    left: BTreeMap<Utf8PathBuf, &'static str>,
    mended: usize,
}

impl Work<'_> {
    /// Whether the file was changed.
    fn fix_file(&mut self, path: &Utf8Path) -> bool {
        let Some((text, mended)) = look(&self.workspace.snapshot(), path) else { return false };
        if mended.undoes_itself {
            self.left.insert(path.to_owned(), "its fixes undo each other");
        }
        let original = self.originals.entry(path.to_owned()).or_insert(text);
        let Some(bytes) = original.encode(&mended.contents) else {
            self.left.insert(path.to_owned(), "the file's encoding lacks a character of the new text");
            return false;
        };
        let version = self.workspace.version(path).map_or(0, |version| version.saturating_add(1));
        let text = mended.contents.as_str().into();
        self.workspace.apply(vec![Change::Open { path: path.to_owned(), version, text }]);
        self.mended += mended.findings;
        let file = FixedFile { path: path.to_owned(), contents: mended.contents, bytes };
        self.fixed.insert(path.to_owned(), file);
        true
    }
}

/// The text of a file, and what it is after its fixes. The snapshot ends with the call.
fn look(snapshot: &Snapshot, path: &Utf8Path) -> Option<(Arc<Text>, mend::Mended)> {
    let cx = crate::context(snapshot, snapshot.file(path)?)?;
    mend(&cx, None).map(|mended| (Arc::clone(cx.text.shared()), mended))
}

#[cfg(test)]
mod tests;
