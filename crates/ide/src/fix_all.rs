//! All safe fixes: of one file for the editor, of many for the command line.
//!
//! Fixes are applied in rounds. One round takes what doesn't overlap in one file; then the project is judged again,
//! before the next file: two hoisted imports that each close no cycle could close one together.

use camino::{Utf8Path, Utf8PathBuf};
use rules::{Context, FileEdit};
use source::{File, Text, TextEdit, apply_edits};
use workspace::{Change, Snapshot, Workspace};

use crate::actions::safe_fix;

/// So many rounds a file gets. A fix may make room for another; two that undo each other must end.
const ROUNDS: usize = 10;

/// Edits of safe fixes that go together.
#[derive(Debug, Default)]
pub(crate) struct SafeEdits {
    pub(crate) edits: Vec<FileEdit>,
    /// How many findings they mend.
    pub(crate) findings: usize,
}

/// The safe fixes of one file that don't overlap, first come first served. Fixes that reach into other files are left
/// to be applied one by one.
pub(crate) fn safe_edits(snapshot: &Snapshot, cx: &Context<'_>) -> SafeEdits {
    let mut safe = SafeEdits::default();
    let mut taken: Vec<TextEdit> = Vec::new();
    for finding in snapshot.check(cx.project, cx.file).iter() {
        let Some(edits) = safe_fix(finding).and_then(|fix| rules::edits(cx, fix)) else { continue };
        if edits.iter().any(|edit| edit.file != cx.file) {
            continue;
        }
        let new: Vec<TextEdit> = edits.into_iter().flat_map(|edit| edit.edits).collect();
        if new.iter().all(|edit| taken.iter().all(|other| go_together(edit, other))) {
            // The same edit twice is one edit: two findings about one statement, one name imported in two functions.
            taken.extend(new.into_iter().filter(|edit| !taken.contains(edit)).collect::<Vec<_>>());
            safe.findings += 1;
        }
    }
    if !taken.is_empty() {
        safe.edits.push(FileEdit { file: cx.file, edits: taken });
    }
    safe
}

fn go_together(a: &TextEdit, b: &TextEdit) -> bool {
    let overlap = a.span.start < b.span.end && b.span.start < a.span.end;
    a == b || !overlap
}

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
    let mut out = FixAll::default();
    // Bound first: a snapshot that lives as long as the loop would make its writes wait for ever.
    let paths = candidates(&workspace.snapshot(), &wanted);
    for path in paths {
        fix_file(workspace, &path, &mut out);
    }
    out
}

/// Files with a safe fix, sorted and each once.
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
    paths.sort();
    paths.dedup();
    paths
}

fn fix_file(workspace: &mut Workspace, path: &Utf8Path, out: &mut FixAll) {
    let Some(original) = text(&workspace.snapshot(), path) else { return };
    let mut fixed: Option<(String, Vec<u8>)> = None;
    let mut before = vec![original.as_str().to_owned()];
    for _ in 0..ROUNDS {
        // The snapshot must be gone before the write, which would wait for it.
        let Some(round) = round(&workspace.snapshot(), path) else { break };
        let Some(bytes) = original.encode(&round.contents) else {
            out.left
                .push((path.to_owned(), "the file's encoding lacks a character of the new text".to_owned()));
            break;
        };
        if before.contains(&round.contents) {
            out.left.push((path.to_owned(), "its fixes undo each other".to_owned()));
            break;
        }
        before.push(round.contents.clone());
        let version = workspace.version(path).map_or(0, |version| version.saturating_add(1));
        let text = round.contents.as_str().into();
        workspace.apply(vec![Change::Open { path: path.to_owned(), version, text }]);
        out.mended += round.mended;
        fixed = Some((round.contents, bytes));
    }
    if let Some((contents, bytes)) = fixed {
        out.files.push(FixedFile { path: path.to_owned(), contents, bytes });
    }
}

struct Round {
    contents: String,
    mended: usize,
}

fn round(snapshot: &Snapshot, path: &Utf8Path) -> Option<Round> {
    let cx = crate::context(snapshot, snapshot.file(path)?)?;
    let safe = safe_edits(snapshot, &cx);
    let edits: Vec<TextEdit> = safe.edits.into_iter().flat_map(|edit| edit.edits).collect();
    let contents = apply_edits(cx.text.as_str(), &edits)?;
    (contents != cx.text.as_str()).then_some(Round { contents, mended: safe.findings })
}

fn text(snapshot: &Snapshot, path: &Utf8Path) -> Option<std::sync::Arc<Text>> {
    let file: File = snapshot.file(path)?;
    Some(snapshot.text(file))
}
