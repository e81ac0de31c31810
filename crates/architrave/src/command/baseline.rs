//! `architrave baseline`: accepts the current findings.

use std::io::Write as _;

use cache::Store;
use camino::Utf8PathBuf;
use rules::baseline::{Baseline as Entries, Entry, FILE_NAME};
use source::Patience;
use workspace::{BaselineChoice, Overlay, Snapshot};

use crate::arguments::Baseline;
use crate::command::check::{complain_about_configuration, fails_by_configuration, usable_baselines};
use crate::exit::Exit;
use crate::findings::{Found, find};
use crate::project::{Loaded, in_current_folder, load_with};

/// Writes the findings of a folder into its baseline. Entries for files elsewhere stay.
///
/// # Errors
/// If a folder doesn't exist, a configuration or a baseline can't be used, or a file can't be written.
pub(crate) fn run(options: &Baseline, store: &Store) -> anyhow::Result<Exit> {
    let named = options.baseline.as_ref().map(in_current_folder).transpose()?;
    let choice = named.clone().map_or(BaselineChoice::Nearest, BaselineChoice::File);
    let loaded = load_with(std::slice::from_ref(&options.path), store, choice, Overlay::default())?;
    complain_about_configuration(&loaded, &mut std::io::stderr())?;
    let snapshot = loaded.snapshot();
    usable_baselines(&loaded, &snapshot, false)?;
    let (path, folder) = place(&loaded, &snapshot, named);
    let known = snapshot.baselines().iter().find(|accepted| accepted.path == path);
    let read = known.and_then(|known| known.baseline.clone().ok()).unwrap_or_default();
    let found = find(&snapshot, |path| loaded.is_wanted(path));
    // Findings that don't fail the check need no entry.
    let fails = found.iter().filter(|it| fails_by_configuration(&snapshot, it));
    let entries = fails.filter_map(|Found { file, diagnostic }| {
        let path = file.path(snapshot.db()).strip_prefix(&folder).ok()?;
        let message = diagnostic.message.strip_suffix(ide::ACCEPTED).unwrap_or(&diagnostic.message);
        Some(Entry::new(path.as_str(), diagnostic.rule, &diagnostic.fingerprint.0, message))
    });
    let entries: Vec<Entry> = entries.collect();
    // The current contents count: others may have written since it was read. What they added stays, too.
    let mut outcome = None;
    snapshot.rewrite_baseline(&path, Patience::Long, |now| {
        let before = now.cloned().unwrap_or_default();
        let kept = before
            .entries()
            .iter()
            .filter(|entry| !loaded.is_wanted(&folder.join(&entry.path)) || !is_in(&read, entry));
        let after = Entries::of(entries.iter().chain(kept).cloned());
        let is_needed = now.is_some() || !after.is_empty();
        outcome = is_needed.then(|| (before, after.clone()));
        is_needed.then_some(after)
    })?;
    let mut out = std::io::stdout().lock();
    let Some((before, after)) = outcome else {
        writeln!(out, "nothing is found: no baseline is needed")?;
        return Ok(Exit::Clean);
    };
    let added = after.entries().iter().filter(|entry| !is_in(&before, entry)).count();
    let removed = before.entries().iter().filter(|entry| !is_in(&after, entry)).count();
    let shown = loaded.relative(&path);
    writeln!(out, "{shown}: {} accepted ({added} added, {removed} taken out)", after.len())?;
    Ok(Exit::Clean)
}

fn is_in(of: &Entries, entry: &Entry) -> bool {
    of.of_fingerprint(&entry.fingerprint).any(|other| other.path == entry.path)
}

/// The location of the baseline and the base of its paths: the existing one, or one in the root.
fn place(loaded: &Loaded, snapshot: &Snapshot, named: Option<Utf8PathBuf>) -> (Utf8PathBuf, Utf8PathBuf) {
    if let Some(known) = snapshot.baselines().last().filter(|known| loaded.root.starts_with(&known.folder)) {
        return (known.path.clone(), known.folder.clone());
    }
    let path = named.unwrap_or_else(|| loaded.root.join(FILE_NAME));
    let own = path.parent().unwrap_or(&loaded.root);
    let folder = if loaded.root.starts_with(own) { own.to_owned() } else { loaded.root.clone() };
    (path, folder)
}
