//! `architrave check`: the findings of a project.

mod affected;
mod selection;
mod shrink;
mod threshold;

use std::io::Write;
use std::sync::Arc;

use agents::git;
use anyhow::bail;
use cache::Store;
use camino::Utf8Path;
use source::DiskFileSystem;
use workspace::{BaselineChoice, Snapshot};

use crate::answer::{Told, answer};
use crate::arguments::{Check, CheckFormat};
use crate::command::fix;
use crate::exit::Exit;
use crate::findings::{Found, Rows, configuration_problems, coverage, find};
use crate::output::{concise, full, github, gitlab, json, junit, sarif, statistics};
use crate::project::{Depth, Loaded, locate, open};
use crate::repository;
use shrink::Trend;
use threshold::Threshold;
pub(crate) use threshold::fails_by_configuration;

/// Reports the findings below the given paths.
///
/// # Errors
/// If a path doesn't exist, a configuration or a baseline can't be used, git doesn't know a revision, or the output
/// can't be written.
pub(crate) fn run(options: &Check, store: &Store) -> anyhow::Result<Exit> {
    let is_counted = matches!(options.output_format, CheckFormat::Full | CheckFormat::Json);
    if options.statistics && !is_counted {
        bail!("`--statistics` is written as text or as JSON; leave `--output-format` out or say `json`");
    }
    let overlay = selection::overlay(options)?;
    let located = locate(&options.paths)?;
    let changes = options.affected.as_deref().map(|base| git::changes(&located.root, base)).transpose()?;
    if options.fix {
        let choice = (baseline_choice(options)?, overlay);
        let loaded = open(located, Arc::new(DiskFileSystem), store, choice, Depth::Findings)?;
        return check(options, loaded, changes.as_ref(), &mut Told::default());
    }
    let asked = format!("{options:?} {}", is_ci());
    let since = changes.as_ref().map(git::Changes::identity).transpose()?.unwrap_or_default();
    let known = located.clone();
    answer(store, &known, &["check", &asked, &since], |told, fs| {
        // Which files a change affects, the architecture says.
        let depth = if changes.is_some() { Depth::Architecture } else { Depth::Findings };
        let loaded = open(located, fs, store, (baseline_choice(options)?, overlay), depth)?;
        check(options, loaded, changes.as_ref(), told)
    })
}

fn check(
    options: &Check,
    mut loaded: Loaded,
    changes: Option<&git::Changes>,
    told: &mut Told,
) -> anyhow::Result<Exit> {
    complain_about_configuration(&loaded, &mut told.err())?;
    if options.fix {
        fix::apply(&mut loaded)?;
    }
    // Before the snapshot for everything else: it needs the previous state of the project, too.
    let affected = changes
        .map(|changes| {
            affected::files(
                &mut loaded,
                changes,
                options.affected.as_deref().unwrap_or_default(),
                &mut told.err(),
            )
        })
        .transpose()?;
    if let Some(affected) = &affected {
        loaded.check(|path| affected.holds(path));
    }
    let snapshot = loaded.snapshot();
    usable_baselines(&loaded, &snapshot, options.baseline.is_some())?;
    let is_wanted = |path: &Utf8Path| {
        loaded.is_wanted(path) && affected.as_ref().is_none_or(|affected| affected.holds(path))
    };
    let found = find(&snapshot, is_wanted);
    let threshold = Threshold::of(options, &snapshot);
    // If only some rules ran, or another style was tried, nothing is known about the other entries.
    let is_whole = options.style.is_none() && options.select.is_empty() && options.ignore.is_empty();
    let is_checked = |path: &Utf8Path| is_whole && is_wanted(path);
    let trend = shrink::trend(&loaded, &snapshot, &found, &threshold, is_checked);
    let (accepted, new): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| found.diagnostic.accepted.is_some());
    let fails = new.iter().any(|found| threshold.fails(found));
    let reported = Reported { new, accepted, threshold };
    write(options, &loaded, &snapshot, &reported, trend.as_ref(), &mut told.out())?;
    let mut is_stale = false;
    if let Some(trend) = &trend {
        let is_locked = options.locked || is_ci();
        is_stale = shrink::settle(&loaded, &snapshot, trend, is_locked, &mut told.err())?;
    }
    Ok(if fails || is_stale { Exit::Findings } else { Exit::Clean })
}

/// The findings, and the level from which on they are shown.
struct Reported<'a> {
    new: Vec<Found>,
    accepted: Vec<Found>,
    threshold: Threshold<'a>,
}

/// The baseline selected on the command line.
///
/// # Errors
/// If a path can't be made absolute.
fn baseline_choice(options: &Check) -> anyhow::Result<BaselineChoice> {
    Ok(match &options.baseline {
        _ if options.no_baseline => BaselineChoice::Nothing,
        Some(path) => BaselineChoice::File(crate::project::in_current_folder(path)?),
        None => BaselineChoice::Nearest,
    })
}

/// Whether this runs in CI, where written files aren't committed. Set by GitHub, GitLab, and nearly every other
/// service.
fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// Warnings go to `err`.
///
/// # Errors
/// If a configuration can't be used.
pub(crate) fn complain_about_configuration(loaded: &Loaded, err: &mut impl Write) -> anyhow::Result<()> {
    let (errors, warnings) = configuration_problems(loaded);
    if !errors.is_empty() {
        bail!("the configuration can't be used as it is:\n{}", errors.join("\n"));
    }
    for warning in warnings {
        writeln!(err, "architrave: {warning}")?;
    }
    Ok(())
}

/// A baseline that can't be read must not look like one that accepts nothing. One that doesn't govern the checked files
/// is ignored.
///
/// # Errors
/// With the line and what to do.
pub(crate) fn usable_baselines(loaded: &Loaded, snapshot: &Snapshot, is_named: bool) -> anyhow::Result<()> {
    let concerns = |folder: &Utf8Path| {
        loaded.wanted.iter().any(|wanted| wanted.starts_with(folder) || folder.starts_with(wanted))
    };
    for accepted in snapshot.baselines().iter().filter(|accepted| concerns(&accepted.folder)) {
        if let Err(broken) = &accepted.baseline {
            bail!("{}:{}: {}", loaded.relative(&accepted.path), broken.line, broken.message);
        }
    }
    if is_named && snapshot.baselines().is_empty() {
        bail!("there is no baseline at the path given; `architrave baseline --baseline FILE` writes one");
    }
    Ok(())
}

fn write(
    options: &Check,
    loaded: &Loaded,
    snapshot: &Snapshot,
    Reported { new, accepted, threshold }: &Reported<'_>,
    trend: Option<&Trend>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let root = loaded.root.as_path();
    if options.statistics {
        return statistics::write(out, new, options.output_format == CheckFormat::Json);
    }
    // Output for people is limited by level; output for programs contains everything.
    let shown: Vec<&Found> = new.iter().filter(|found| threshold.shows(found)).collect();
    let rows = |root: &Utf8Path| -> Vec<json::Finding> {
        let rows = Rows { snapshot, root, with_edits: false };
        shown.iter().map(|found| rows.row(found)).collect()
    };
    let all_rows = |root: &Utf8Path| -> Vec<json::Finding> {
        let rows = Rows { snapshot, root, with_edits: true };
        new.iter().map(|found| rows.row(found)).collect()
    };
    match options.output_format {
        CheckFormat::Json => json::write(
            out,
            &json::Report {
                schema: 1,
                findings: all_rows(root),
                coverage: coverage(snapshot),
                baseline: trend.map(Trend::as_json),
            },
        ),
        CheckFormat::Concise => concise::write(out, &rows(root)),
        CheckFormat::Github => github::write(out, &rows(&repository::folder(root))),
        CheckFormat::Gitlab => gitlab::write(out, &rows(&repository::folder(root))),
        CheckFormat::Junit => junit::write(out, &rows(root)),
        CheckFormat::Sarif => {
            let folder = repository::folder(root);
            let make = Rows { snapshot, root: &folder, with_edits: true };
            let suppressed: Vec<json::Finding> = accepted
                .iter()
                .map(|found| {
                    let mut row = make.row(found);
                    row.level = found.own_level().as_str();
                    row
                })
                .collect();
            sarif::write(out, &folder, &all_rows(&folder), &suppressed, &coverage(snapshot))
        }
        CheckFormat::Full => {
            for found in &shown {
                full::show(out, loaded, snapshot, found)?;
            }
            full::summarize(out, &shown, &threshold.quieter(new), &coverage(snapshot))
        }
    }
}
