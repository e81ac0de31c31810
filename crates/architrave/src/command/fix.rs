//! `architrave check --fix`: safe fixes, applied to the files until none is left.

use std::collections::BTreeMap;

use anyhow::Context as _;
use camino::Utf8PathBuf;
use source::{DiskFileSystem, FileSystem as _, apply_edits};
use workspace::Change;

use crate::command::check::wanted_files;
use crate::project::Loaded;

/// A fix can make room for another; a cycle of fixes must end.
const ROUNDS: usize = 10;

/// Applies safe fixes and writes the files. Returns how many findings were mended.
///
/// # Errors
/// A file that can't be written.
pub(crate) fn apply(loaded: &mut Loaded) -> anyhow::Result<usize> {
    let mut mended = 0;
    for _ in 0..ROUNDS {
        let (count, texts) = one_round(loaded);
        if count == 0 {
            break;
        }
        mended += count;
        let mut changed = Vec::new();
        for (path, bytes) in texts {
            DiskFileSystem.write(&path, &bytes).with_context(|| format!("{path} can't be written"))?;
            changed.push(path);
        }
        loaded.workspace.apply(vec![Change::Disk(changed)]);
    }
    Ok(mended)
}

/// The new texts after one fix a file, so that no fix is made for a text that another one changed.
fn one_round(loaded: &Loaded) -> (usize, BTreeMap<Utf8PathBuf, Vec<u8>>) {
    let snapshot = loaded.snapshot();
    let mut texts: BTreeMap<Utf8PathBuf, Vec<u8>> = BTreeMap::new();
    let mut count = 0;
    for (_, file) in wanted_files(loaded, &snapshot) {
        let Some((edits, findings)) = ide::safe_fixes(&snapshot, file) else { continue };
        if edits.iter().any(|edit| texts.contains_key(edit.file.path(snapshot.db()))) {
            continue;
        }
        let mut new = Vec::new();
        for edit in &edits {
            let text = source::query::text(snapshot.db(), edit.file);
            match apply_edits(text.as_str(), &edit.edits).and_then(|changed| text.encode(&changed)) {
                Some(changed) => new.push((edit.file.path(snapshot.db()).clone(), changed)),
                None => break,
            }
        }
        if new.len() == edits.len() {
            count += findings;
            texts.extend(new);
        }
    }
    (count, texts)
}
