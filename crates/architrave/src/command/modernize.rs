//! `architrave modernize`: prints a plan in steps, or carries out one of them.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use plan::{Command, Plan, Step, Tried};
use source::{DiskFileSystem, Patience, WriteError};
use workspace::{BaselineChoice, Overlay};

use crate::arguments::{self, CarryOut, Definition, Members, Modernize, PlanFormat, Refactor, Refactoring};
use crate::command::{baseline, refactor};
use crate::exit::Exit;
use crate::output::{deliver, diff};
use crate::project::{Loaded, load_with};

/// Prints the plan, or carries out a step.
///
/// # Errors
/// If a folder doesn't exist or has nothing to plan for, the output can't be written, or a step can't be carried out.
pub(crate) fn run(options: &Modernize, store: &Store) -> anyhow::Result<Exit> {
    let overlay = Overlay {
        style: options.style,
        selected: Some(plan::RULES.into_iter().collect()),
        ..Overlay::default()
    };
    let loaded = load_with(std::slice::from_ref(&options.path), store, BaselineChoice::Nearest, overlay)?;
    let plan = planned(&loaded, options)?;
    if let Some(id) = &options.apply {
        return apply(&loaded, &plan, id, options.dry_run);
    }
    let text = match options.output_format {
        PlanFormat::Text => plan::text(&plan),
        PlanFormat::Markdown => plan::markdown(&plan),
        PlanFormat::Html => plan::page(&plan),
        PlanFormat::Json => serde_json::to_string_pretty(&plan)? + "\n",
    };
    deliver(&text, options.output.as_ref())?;
    Ok(Exit::Clean)
}

fn planned(loaded: &Loaded, options: &Modernize) -> anyhow::Result<Plan> {
    let snapshot = loaded.snapshot();
    let Some(project) = snapshot.projects().first() else { bail!("{} holds no Python", loaded.root) };
    let facts = plan::collect(&snapshot, *project, options.style.is_some())
        .with_context(|| loaded.root.to_string())?;
    Ok(plan::make(&facts, &Tried::new(&snapshot, *project, &facts)))
}

fn apply(loaded: &Loaded, plan: &Plan, id: &str, dry_run: bool) -> anyhow::Result<Exit> {
    let step = wanted(plan, id)?;
    let Some(action) = &step.action else {
        bail!("{id} is done by hand: `architrave modernize` says what to change where");
    };
    if !dry_run {
        let changed = agents::git::uncommitted(&loaded.root)?;
        if let Some(first) = changed.first() {
            let more =
                if changed.len() > 1 { format!(" and {} more", changed.len() - 1) } else { String::new() };
            bail!(
                "the work tree is not clean ({first}{more}): commit or stash first, so that a step can be taken back"
            );
        }
    }
    let carry = CarryOut { dry_run };
    let at = |path: &Utf8Path| loaded.root.join(path);
    let of_class = |file: &Utf8Path, class: &str| Definition { path: at(file), name: class.to_owned() };
    let refactoring = match action {
        Command::Contract { file, text } => return contract(loaded, file, text, dry_run),
        Command::Baseline if dry_run => bail!("`architrave baseline` can't be tried without writing"),
        Command::Baseline => {
            return baseline::run(
                &arguments::Baseline { path: loaded.root.clone(), baseline: None },
                loaded.workspace.store(),
            );
        }
        Command::MoveFile { from, to } => Refactoring::Move(arguments::Move {
            what: at(from).into_string(),
            target: at(to).into_string(),
            with_helpers: false,
            carry,
        }),
        Command::MoveDefinition { file, name, target } => Refactoring::Move(arguments::Move {
            what: format!("{}:{name}", at(file)),
            target: target.clone(),
            with_helpers: false,
            carry,
        }),
        Command::ExtractProtocol { file, class } => {
            Refactoring::ExtractProtocol(arguments::ExtractProtocol {
                class: of_class(file, class),
                members: Members::Used,
                runtime_checkable: false,
                carry,
            })
        }
        Command::DependOnPort { file, class } => {
            Refactoring::DependOnPort(arguments::OfClass { class: of_class(file, class), carry })
        }
    };
    refactor::run(&Refactor { what: refactoring }, loaded.workspace.store())
}

fn wanted<'p>(plan: &'p Plan, id: &str) -> anyhow::Result<&'p Step> {
    let found = plan.steps().find(|step| step.id == id);
    found.with_context(|| {
        let known: Vec<&str> =
            plan.steps().filter(|step| step.action.is_some()).map(|step| step.id.as_str()).collect();
        if known.is_empty() {
            format!("no step is called `{id}`; none can be carried out by a command")
        } else {
            format!("no step is called `{id}`; those that can be carried out: {}", known.join(", "))
        }
    })
}

/// Appends to a configuration file, or creates it.
fn contract(loaded: &Loaded, file: &Utf8Path, text: &str, dry_run: bool) -> anyhow::Result<Exit> {
    let path: Utf8PathBuf = loaded.root.join(file);
    let with = |there: Option<&str>| match there {
        None | Some("") => text.to_owned(),
        Some(there) => format!("{}\n\n{text}", there.trim_end()),
    };
    let mut out = std::io::stdout().lock();
    if dry_run {
        let before = source::FileSystem::read(&DiskFileSystem, &path).ok();
        let before =
            before.map(String::from_utf8).transpose().with_context(|| format!("{file} is not UTF-8"))?;
        diff::write(&mut out, file.as_str(), before.as_deref(), &with(before.as_deref()))?;
        return Ok(Exit::Clean);
    }
    let mut problem = None;
    let change = |there: Option<&str>| -> Result<Option<String>, WriteError> {
        let after = with(there);
        let read = config::parse(&path, &after);
        problem = read.problems.first().map(|problem| problem.message.clone());
        Ok(problem.is_none().then_some(after))
    };
    let is_written = source::rewrite(&DiskFileSystem, &path, &loaded.root, Patience::Long, change)?;
    if let Some(problem) = problem {
        bail!("the contract can't be added to {file}: {problem}");
    }
    if !is_written {
        bail!("{file} was not written");
    }
    writeln!(out, "{file}")?;
    Ok(Exit::Clean)
}
