//! `architrave init`: a configuration with what was inferred, or the files that make coding agents use Architrave.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use agents::Session;
use agents::init::{Plan, agent_files, configuration};
use anyhow::bail;
use cache::Store;
use camino::Utf8Path;
use source::{DiskFileSystem, Patience, Transaction};

use crate::arguments::Init;
use crate::exit::Exit;
use crate::finisher;
use crate::output::diff;
use crate::project::root_around;

/// Shows what would be written, and writes it after confirmation.
///
/// # Errors
/// If a folder doesn't exist, the project can't be configured this way, there is no terminal for confirmation, or a
/// file can't be written.
pub(crate) fn run(options: &Init, store: &Store) -> anyhow::Result<Exit> {
    if !Utf8Path::new(&options.project).is_dir() {
        bail!("{}: no such folder; give a folder of the project", options.project);
    }
    let mut session = Session::open(&root_around(&options.project)?, store.clone())?;
    let plan = if options.agent { agent_files(&session)? } else { configuration(&mut session)? };
    let mut out = std::io::stdout().lock();
    for note in &plan.notes {
        writeln!(std::io::stderr(), "architrave: {note}")?;
    }
    if plan.files.is_empty() {
        writeln!(out, "nothing to add: all of it is there")?;
        return Ok(Exit::Clean);
    }
    for file in &plan.files {
        let shown = file.path.strip_prefix(session.root()).unwrap_or(&file.path);
        diff::write(&mut out, shown.as_str(), file.before.as_deref(), &file.after)?;
    }
    if options.dry_run || !is_wanted(options)? {
        return Ok(Exit::Clean);
    }
    write(session.root(), &plan)?;
    for file in &plan.files {
        writeln!(out, "{} written", file.path.strip_prefix(session.root()).unwrap_or(&file.path))?;
    }
    Ok(Exit::Clean)
}

/// Whether to write: according to the command line, or confirmed in a terminal.
fn is_wanted(options: &Init) -> anyhow::Result<bool> {
    if options.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        bail!(
            "nothing was written: there is no terminal to ask; say `--yes` to write, or `--dry-run` to look"
        );
    }
    write!(std::io::stderr(), "Write this? [y/N] ")?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn write(root: &Utf8Path, plan: &Plan) -> anyhow::Result<()> {
    let mut transaction = Transaction::new(root);
    transaction.watched_by(finisher::start);
    for file in &plan.files {
        let after = file.after.clone().into_bytes();
        match &file.before {
            Some(before) => transaction.replace(&file.path, before.clone().into_bytes(), after),
            None => transaction.create(&file.path, after),
        }
    }
    transaction.carry_out(&DiskFileSystem, Patience::Long)?;
    Ok(())
}
