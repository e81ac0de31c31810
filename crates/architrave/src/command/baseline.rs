//! `architrave baseline`: accepts the findings that there are.

use std::io::Write as _;

use anyhow::Context as _;
use camino::Utf8PathBuf;
use rules::baseline::{Baseline as Entries, Entry, FILE_NAME};
use workspace::{BaselineChoice, Snapshot};

use crate::arguments::Baseline;
use crate::command::check::{complain_about_configuration, usable_baselines};
use crate::exit::Exit;
use crate::findings::{Found, find};
use crate::project::{Loaded, in_current_folder, load_with};

/// Writes the findings of a folder into its baseline. What the baseline holds of files elsewhere stays.
///
/// # Errors
/// A folder that doesn't exist, a configuration or a baseline that can't be used, or a file that can't be written.
pub(crate) fn run(options: &Baseline) -> anyhow::Result<Exit> {
    let named = options.baseline.as_ref().map(in_current_folder).transpose()?;
    let choice = named.clone().map_or(BaselineChoice::Nearest, BaselineChoice::File);
    let loaded = load_with(std::slice::from_ref(&options.path), choice)?;
    complain_about_configuration(&loaded)?;
    let snapshot = loaded.snapshot();
    usable_baselines(&loaded, &snapshot, false)?;
    let (path, folder) = place(&loaded, &snapshot, named);
    let known = snapshot.baselines().iter().find(|accepted| accepted.path == path);
    let before = known.and_then(|known| known.baseline.clone().ok());
    let found = find(&snapshot, |path| loaded.is_wanted(path));
    let entries = found.iter().filter_map(|Found { file, diagnostic }| {
        let path = file.path(snapshot.db()).strip_prefix(&folder).ok()?;
        let message = diagnostic.message.strip_suffix(ide::ACCEPTED).unwrap_or(&diagnostic.message);
        Some(Entry::new(path.as_str(), diagnostic.rule, &diagnostic.fingerprint.0, message))
    });
    let elsewhere = before.iter().flat_map(Entries::entries);
    let elsewhere = elsewhere.filter(|entry| !loaded.is_wanted(&folder.join(&entry.path))).cloned();
    let after = Entries::of(entries.chain(elsewhere));
    let mut out = std::io::stdout().lock();
    let shown = loaded.relative(&path);
    if before.is_none() && after.is_empty() {
        writeln!(out, "nothing is found: no baseline is needed")?;
        return Ok(Exit::Clean);
    }
    let text = after.to_text(known.map(|known| &*known.text));
    snapshot.write_now(&path, &text).with_context(|| format!("{shown} can't be written"))?;
    let before = before.unwrap_or_default();
    let is_in = |of: &Entries, entry: &Entry| {
        of.of_fingerprint(&entry.fingerprint).any(|other| other.path == entry.path)
    };
    let added = after.entries().iter().filter(|entry| !is_in(&before, entry)).count();
    let removed = before.entries().iter().filter(|entry| !is_in(&after, entry)).count();
    writeln!(out, "{shown}: {} accepted ({added} added, {removed} taken out)", after.len())?;
    Ok(Exit::Clean)
}

/// Where the baseline lies and what its paths are relative to: the one that is there already, or one in the root.
fn place(loaded: &Loaded, snapshot: &Snapshot, named: Option<Utf8PathBuf>) -> (Utf8PathBuf, Utf8PathBuf) {
    if let Some(known) = snapshot.baselines().last().filter(|known| loaded.root.starts_with(&known.folder)) {
        return (known.path.clone(), known.folder.clone());
    }
    let path = named.unwrap_or_else(|| loaded.root.join(FILE_NAME));
    let own = path.parent().unwrap_or(&loaded.root);
    let folder = if loaded.root.starts_with(own) { own.to_owned() } else { loaded.root.clone() };
    (path, folder)
}
