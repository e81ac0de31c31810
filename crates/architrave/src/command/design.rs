//! `architrave design`: a new slice modelled on the nearest one of the project.

mod proof;
mod survey;

use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::Utf8PathBuf;
use scaffold::{Plan, Planned, Refusal, Subject, Wish};
use serde::Serialize;
use source::{DiskFileSystem, Patience, Text, Transaction};

use crate::arguments::{Design, TextOrJson};
use crate::exit::Exit;
use crate::finisher;
use crate::output::{diff, write_json};
use crate::project::{Loaded, load};

/// Plans a slice, checks it, and writes it.
///
/// # Errors
/// If a name has no letters, the project has nothing to imitate, the plan would add findings, or files can't be
/// written.
pub(crate) fn run(options: &Design, store: &Store) -> anyhow::Result<Exit> {
    let (within, name) = match options.name.trim_matches('/').rsplit_once('/') {
        Some((folder, name)) => (Some(folder.rsplit('/').next().unwrap_or(folder).to_owned()), name),
        None => (None, options.name.as_str()),
    };
    let of = |name: &str| {
        Subject::of(name).with_context(|| format!("`{name}` is no name: give a word such as `invoice`"))
    };
    let like = options.like.as_deref().map(of).transpose()?;
    let wish = Wish {
        subject: of(name)?,
        like,
        within,
        style: options.style.map(config::Style::as_str),
        parts: options.slices.clone(),
        without_tests: options.without_tests,
    };
    let mut loaded = load(std::slice::from_ref(&options.project), store)?;
    let (survey, root) = survey::survey(&loaded)?;
    let plan = match scaffold::plan(&survey, &wish) {
        Ok(plan) => plan,
        Err(refusal @ Refusal::NoModel) if wish.within.is_some() => {
            bail!("{refusal} in `{}`", wish.within.as_deref().unwrap_or_default())
        }
        Err(refusal) => bail!("{refusal}"),
    };
    let proof = proof::of(&mut loaded, &root, &plan);
    if options.output_format == TextOrJson::Json {
        write_json(&mut std::io::stdout().lock(), &Report::of(&plan, &proof))?;
    } else {
        tell(&plan, &proof)?;
    }
    if !proof.broken.is_empty() {
        bail!(
            "nothing is written: the new files would bring what `{}` doesn't have:\n{}",
            plan.model.snake(),
            proof.broken.join("\n")
        );
    }
    if options.dry_run {
        if options.output_format == TextOrJson::Text {
            show(&plan)?;
        }
        return Ok(Exit::Clean);
    }
    write(&loaded, &root, &plan)?;
    Ok(Exit::Clean)
}

fn tell(plan: &Plan, proof: &proof::Proof) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "after `{}`", plan.model.snake())?;
    for file in &plan.files {
        match (&file.before, &file.like) {
            (None, Some(like)) => writeln!(out, "  new      {}  (as {like})", file.path)?,
            (None, None) => writeln!(out, "  new      {}", file.path)?,
            (Some(_), _) => writeln!(out, "  changed  {}", file.path)?,
        }
    }
    for path in &plan.there {
        writeln!(out, "  there    {path}")?;
    }
    if plan.files.is_empty() {
        writeln!(out, "nothing to do")?;
        return Ok(());
    }
    if !plan.left_out.is_empty() {
        writeln!(out, "left out: {}", plan.left_out.join(", "))?;
    }
    for line in &proof.known {
        writeln!(out, "as there: {line}")?;
    }
    for note in &plan.notes {
        writeln!(out, "to do: {note}")?;
    }
    Ok(())
}

fn show(plan: &Plan) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for file in &plan.files {
        writeln!(out)?;
        diff::write(&mut out, file.path.as_str(), file.before.as_deref(), &file.after)?;
    }
    Ok(())
}

/// Writes all files or none.
fn write(loaded: &Loaded, root: &Utf8PathBuf, plan: &Plan) -> anyhow::Result<()> {
    let mut transaction = Transaction::new(&loaded.root);
    transaction.watched_by(finisher::start);
    for Planned { path, before, after, .. } in &plan.files {
        let path = root.join(path);
        let Some(before) = before else {
            transaction.create(path, after.clone().into_bytes());
            continue;
        };
        let text = Text::read(&DiskFileSystem, &path);
        let encoded = text.encode(before).zip(text.encode(after));
        let (before, after) =
            encoded.with_context(|| format!("the encoding of {path} lacks a character of the new text"))?;
        transaction.replace(path, before, after);
    }
    transaction.carry_out(&DiskFileSystem, Patience::Long)?;
    Ok(())
}

/// The plan for programs.
#[derive(Debug, Serialize)]
struct Report<'a> {
    schema: u32,
    model: String,
    files: &'a [Planned],
    there: &'a [Utf8PathBuf],
    left_out: &'a [String],
    notes: &'a [String],
    /// Findings that the model slice has too.
    known: &'a [String],
    /// What prevents the plan from being written.
    broken: &'a [String],
}

impl<'a> Report<'a> {
    fn of(plan: &'a Plan, proof: &'a proof::Proof) -> Self {
        Self {
            schema: 1,
            model: plan.model.snake(),
            files: &plan.files,
            there: &plan.there,
            left_out: &plan.left_out,
            notes: &plan.notes,
            known: &proof.known,
            broken: &proof.broken,
        }
    }
}
