//! `architrave refactor`: the editor's refactorings, for scripts.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use ide::{ActionData, Remedy};
use refactor::{Abilities, Changes};
use source::{DiskFileSystem, FileSystem as _, Patience, Text, Transaction, apply_edits};

use crate::arguments::{CarryOut, Definition, Members, Refactor, Refactoring};
use crate::command::moving;
use crate::exit::Exit;
use crate::finisher;
use crate::output::diff;
use crate::project::{Loaded, load_architecture, nearest};

/// Carries out a refactoring.
///
/// # Errors
/// If a place doesn't exist, the refactoring doesn't fit there, or a file can't be written.
pub(crate) fn run(options: &Refactor, store: &Store) -> anyhow::Result<Exit> {
    match &options.what {
        Refactoring::ExtractProtocol(options) => {
            let remedy = Remedy::ExtractProtocol {
                class: options.class.name.clone(),
                only_used: options.members == Members::Used,
                runtime_checkable: options.runtime_checkable,
            };
            carry_out(&options.class, remedy, options.carry, store)
        }
        Refactoring::DependOnPort(options) => {
            let remedy = Remedy::DependOnPort { class: options.class.name.clone() };
            carry_out(&options.class, remedy, options.carry, store)
        }
        Refactoring::ImplementMembers(options) => {
            let remedy = Remedy::ImplementMembers { class: options.class.name.clone() };
            carry_out(&options.class, remedy, options.carry, store)
        }
        Refactoring::Move(options) => moving::run(options, store),
    }
}

/// Carries out `remedy` on a definition: writes the files, or shows what would change.
fn carry_out(place: &Definition, remedy: Remedy, how: CarryOut, store: &Store) -> anyhow::Result<Exit> {
    let mut loaded = around(&place.path, store)?;
    let path = loaded.wanted.first().context("a place has a path")?.clone();
    let data = ActionData { path, remedy };
    let attempt = |loaded: &Loaded| ide::attempt(&loaded.snapshot(), &data, Abilities::ALL);
    let resolved = match loaded.on_workers(attempt) {
        Ok(resolved) => resolved,
        Err(refusal) => bail!("this can't be done with {} in {}: {refusal}", place.name, place.path),
    };
    apply(&loaded, &resolved.changes, None, how)?;
    Ok(Exit::Clean)
}

/// Opens the project that `place` belongs to: without any project marker, the current folder. All code that names a
/// moved item must be included, so that it can follow.
///
/// # Errors
/// If a path doesn't exist.
pub(super) fn around(place: &Utf8Path, store: &Store) -> anyhow::Result<Loaded> {
    let current = Utf8PathBuf::from(".");
    let is_inside = DiskFileSystem
        .real_path(&current)
        .is_ok_and(|current| nearest(&current, place).starts_with(&current));
    let mut paths = vec![place.to_owned()];
    paths.extend(is_inside.then_some(current));
    load_architecture(&paths, store)
}

/// Writes the files that change, and renames a file or folder (`rename`: from, to): all of it or nothing. Lists what
/// was changed, or shows what would change.
///
/// # Errors
/// If a file can't be written.
pub(super) fn apply(
    loaded: &Loaded,
    changes: &Changes,
    rename: Option<(&Utf8Path, &Utf8Path)>,
    how: CarryOut,
) -> anyhow::Result<()> {
    let changed = written(loaded, changes)?;
    let current = std::env::current_dir().context("the current folder can't be read")?;
    // Relative to the current folder of the shell.
    let shown = |path: &Utf8Path| {
        let relative = path.as_std_path().strip_prefix(&current).ok().and_then(|path| path.to_str());
        relative.unwrap_or(path.as_str()).to_owned()
    };
    // Not part of the diff or the list of files.
    for note in &changes.notes {
        writeln!(std::io::stderr(), "architrave: {note}")?;
    }
    let mut out = std::io::stdout().lock();
    if how.dry_run {
        for file in &changed {
            diff::write(&mut out, &shown(&file.path), file.before.as_deref(), &file.after)?;
        }
        return Ok(());
    }
    let mut transaction = Transaction::new(&loaded.root);
    transaction.watched_by(finisher::start);
    let paths: Vec<String> = changed.iter().map(|file| shown(&file.path)).collect();
    for file in changed {
        match file.bytes_before {
            Some(before) => transaction.replace(file.path, before, file.bytes),
            None => transaction.create(file.path, file.bytes),
        }
    }
    if let Some((from, to)) = rename {
        transaction.rename(from, to);
    }
    transaction.carry_out(&DiskFileSystem, Patience::Long)?;
    for path in paths {
        writeln!(out, "{path}")?;
    }
    Ok(())
}

/// A file after the change.
struct Written {
    path: Utf8PathBuf,
    /// `None` if the file didn't exist.
    before: Option<String>,
    after: String,
    /// `before` in the file's encoding.
    bytes_before: Option<Vec<u8>>,
    /// `after` in the file's encoding.
    bytes: Vec<u8>,
}

fn written(loaded: &Loaded, changes: &Changes) -> anyhow::Result<Vec<Written>> {
    let snapshot = loaded.snapshot();
    let mut files = Vec::new();
    for file in &changes.created {
        files.push(Written {
            path: file.path.clone(),
            before: None,
            after: file.contents.clone(),
            bytes_before: None,
            bytes: file.contents.clone().into_bytes(),
        });
    }
    for edit in &changes.edits {
        let path = edit.file.path(snapshot.db()).clone();
        let text = snapshot.text(edit.file);
        let after = apply_edits(text.as_str(), &edit.edits)
            .with_context(|| format!("the edits of {path} overlap"))?;
        let encoded = text.encode(text.as_str()).zip(text.encode(&after));
        let (before, bytes) =
            encoded.with_context(|| format!("the encoding of {path} lacks a character of the new text"))?;
        let (bytes_before, before) = (Some(before), Some(text.as_str().to_owned()));
        files.push(Written { path, before, after, bytes_before, bytes });
    }
    for other in &changes.others {
        let path = other.path.clone();
        let after = apply_edits(&other.before, &other.edits)
            .with_context(|| format!("the edits of {path} overlap"))?;
        let text = Text::read(&DiskFileSystem, &path);
        let encoded = text.encode(&other.before).zip(text.encode(&after));
        let (before, bytes) =
            encoded.with_context(|| format!("the encoding of {path} lacks a character of the new text"))?;
        let (bytes_before, before) = (Some(before), Some(other.before.to_string()));
        files.push(Written { path, before, after, bytes_before, bytes });
    }
    Ok(files)
}
