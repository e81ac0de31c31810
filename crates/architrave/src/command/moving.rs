//! `architrave refactor move`: definitions, files and folders.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use refactor::{Abilities, SymbolMove};
use source::{DiskFileSystem, FileSystem as _};

use crate::arguments::{Definition, Move};
use crate::command::refactor::{apply, around};
use crate::exit::Exit;
use crate::project::Loaded;

/// Carries out a move.
///
/// # Errors
/// If a place doesn't exist, there is an obstacle to the move, or a file can't be written.
pub(crate) fn run(options: &Move, store: &Store) -> anyhow::Result<Exit> {
    match Definition::parse(&options.what) {
        Ok(place) if place.path.extension().is_some_and(|extension| matches!(extension, "py" | "pyi")) => {
            definition(&place, options, store)
        }
        _ => path(Utf8Path::new(&options.what), options, store),
    }
}

fn definition(place: &Definition, options: &Move, store: &Store) -> anyhow::Result<Exit> {
    let mut loaded = around(&place.path, store)?;
    let file = loaded.wanted.first().context("a place has a path")?.clone();
    let wanted =
        SymbolMove { name: &place.name, target: &options.target, with_helpers: options.with_helpers };
    let attempt = |loaded: &Loaded| ide::move_symbol(&loaded.snapshot(), &file, wanted, Abilities::ALL);
    match loaded.on_workers(attempt) {
        Ok(changes) => apply(&loaded, &changes, None, options.carry)?,
        Err(refusal) => bail!("{} can't be moved to {}: {refusal}", place.name, options.target),
    }
    Ok(Exit::Clean)
}

fn path(what: &Utf8Path, options: &Move, store: &Store) -> anyhow::Result<Exit> {
    let mut loaded = around(what, store)?;
    let from = loaded.wanted.first().context("a place has a path")?.clone();
    let to = real(Utf8Path::new(&options.target))?;
    if DiskFileSystem.metadata(&to).is_ok() {
        bail!("{} is there already", options.target);
    }
    if to.starts_with(&from) {
        bail!("{} lies in {what}", options.target);
    }
    let moves = [(from.clone(), to.clone())];
    let attempt = |loaded: &Loaded| match ide::cannot_move_files(&loaded.snapshot(), &moves) {
        Some(refusal) => bail!("{what} can't be moved to {}: {refusal}", options.target),
        None => Ok(ide::move_files(&loaded.snapshot(), &moves, Abilities::ALL)),
    };
    let changes = loaded.on_workers(attempt)?;
    apply(&loaded, &changes, Some((&from, &to)), options.carry)?;
    let mut out = std::io::stdout().lock();
    if options.carry.dry_run {
        writeln!(out, "rename from {}\nrename to {}", loaded.relative(&from), loaded.relative(&to))?;
    } else {
        writeln!(out, "{} -> {}", loaded.relative(&from), loaded.relative(&to))?;
    }
    Ok(Exit::Clean)
}

/// The absolute path of something that need not exist, with links resolved in the existing part.
fn real(path: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let current = std::env::current_dir().context("the current folder can't be read")?;
    let current = Utf8PathBuf::from_path_buf(current)
        .map_err(|path| anyhow::anyhow!("the current folder {} is not UTF-8", path.display()))?;
    let full = source::absolute(&current, path);
    let known = full.ancestors().find_map(|folder| Some((folder, DiskFileSystem.real_path(folder).ok()?)));
    Ok(match known {
        Some((folder, real)) => match full.strip_prefix(folder) {
            Ok(rest) if !rest.as_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => full,
    })
}
