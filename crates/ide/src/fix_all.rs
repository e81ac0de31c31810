//! All safe fixes: of one file for the editor, of many for the command line.
//!
//! Within a file, fixes are applied repeatedly to the text alone ([`apply_fixes`]): the file's module-level imports can only
//! close a cycle with paths through other files, which don't change. Between files the project is checked again: two
//! hoisted imports that each close no cycle could close one together.

mod apply;
mod of_rule;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use apply::{apply_fixes, difference, safe_fix};
use camino::{Utf8Path, Utf8PathBuf};
pub(crate) use of_rule::fix_rule;
use source::Text;
use workspace::{Change, Snapshot, Workspace};

/// Limit on the rounds over all files, and within one. A fix may enable another; two that undo each other must
/// terminate.
const ROUNDS: usize = 10;

/// The result of fixing.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FixAll {
    /// The files that changed, sorted by path.
    pub files: Vec<FixedFile>,
    /// How many findings of these files no longer exist.
    pub findings: usize,
    /// Files with unapplied safe fixes, with the reason.
    pub left: Vec<(Utf8PathBuf, String)>,
}

/// A file after its fixes.
#[derive(Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// The absolute path.
    pub path: Utf8PathBuf,
    /// The text.
    pub contents: String,
    /// The text in the file's own encoding, for writing to disk.
    pub bytes: Vec<u8>,
    /// The previous content, in the same encoding.
    pub before: Vec<u8>,
}

/// Applies safe fixes to the files that `wanted` selects until none is left. Nothing is written to disk: the new texts
/// are open buffers of `workspace` afterwards (so that remaining findings can be queried), and are returned for
/// writing.
pub fn fix_all(workspace: &mut Workspace, wanted: impl Fn(&Utf8Path) -> bool) -> FixAll {
    let mut work =
        Work { workspace, originals: BTreeMap::new(), fixed: BTreeMap::new(), left: BTreeMap::new() };
    for _ in 0..ROUNDS {
        // Bound first: a snapshot that lived as long as the loop would block its writes forever.
        let paths = candidates(&work.workspace.snapshot(), &wanted);
        let mut changed = false;
        for path in paths {
            changed |= work.fix_file(&path);
        }
        if !changed {
            break;
        }
    }
    work.fixed.retain(|_, file| file.bytes != file.before);
    let snapshot = work.workspace.snapshot();
    let still_found = |path: &Utf8Path| fingerprints(&snapshot, path);
    let fixed =
        work.fixed.keys().map(|path| work.originals[path].found.difference(&still_found(path)).count());
    FixAll {
        findings: fixed.sum(),
        files: work.fixed.into_values().collect(),
        left: work.left.into_iter().map(|(path, reason)| (path, reason.to_owned())).collect(),
    }
}

/// Files with a safe fix.
fn candidates(snapshot: &Snapshot, wanted: &impl Fn(&Utf8Path) -> bool) -> Vec<Utf8PathBuf> {
    let db = snapshot.db();
    let mut paths = Vec::new();
    for project in snapshot.projects() {
        for (_, file) in project.files(db).list() {
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
    originals: BTreeMap<Utf8PathBuf, Original>,
    fixed: BTreeMap<Utf8PathBuf, FixedFile>,
    left: BTreeMap<Utf8PathBuf, &'static str>,
}

/// A file before its fixes.
struct Original {
    /// As it is on disk: it knows the encoding.
    text: Arc<Text>,
    /// The fingerprints of its findings.
    found: BTreeSet<String>,
}

impl Work<'_> {
    /// Whether the file was changed.
    fn fix_file(&mut self, path: &Utf8Path) -> bool {
        let Some((before, mended)) = look(&self.workspace.snapshot(), path) else { return false };
        if mended.undoes_itself {
            self.left.insert(path.to_owned(), "its fixes undo each other");
        }
        let original = &self.originals.entry(path.to_owned()).or_insert(before).text;
        let (Some(before), Some(bytes)) =
            (original.encode(original.as_str()), original.encode(&mended.contents))
        else {
            self.left.insert(path.to_owned(), "the file's encoding lacks a character of the new text");
            return false;
        };
        let version = self.workspace.version(path).map_or(0, |version| version.saturating_add(1));
        let text = mended.contents.as_str().into();
        self.workspace.apply(vec![Change::Open { path: path.to_owned(), version, text }]);
        let file = FixedFile { path: path.to_owned(), contents: mended.contents, bytes, before };
        self.fixed.insert(path.to_owned(), file);
        true
    }
}

/// A file, and its text after its fixes. The snapshot ends with the call.
fn look(snapshot: &Snapshot, path: &Utf8Path) -> Option<(Original, apply::Fixed)> {
    let cx = crate::context(snapshot, snapshot.file(path)?)?;
    let mended = apply_fixes(&cx, None)?;
    Some((Original { text: Arc::clone(cx.text.shared()), found: fingerprints(snapshot, path) }, mended))
}

/// The fingerprints of a file's findings.
fn fingerprints(snapshot: &Snapshot, path: &Utf8Path) -> BTreeSet<String> {
    let Some((project, file)) = snapshot.project_of(path) else { return BTreeSet::new() };
    snapshot.check(project, file).iter().map(|finding| finding.fingerprint.0.clone()).collect()
}

#[cfg(test)]
mod tests;
