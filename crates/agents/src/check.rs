//! `check`: did a change break something? What is new, worse and fixed, and whether anything was checked at all.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use config::Level;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workspace::Snapshot;

use crate::answer::Answer;
use crate::delta::{self, Delta, Rules};
use crate::session::{Laid, Session};
use crate::{Refused, git, patch, row};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// The changed files to check; empty for all.
    #[serde(default)]
    paths: Vec<String>,
    /// The git revision to compare with.
    since: Option<String>,
    /// A change that is not on disk.
    diff: Option<String>,
    /// The new contents of files; `None` for one that would be deleted.
    #[serde(default)]
    contents: BTreeMap<String, Option<String>>,
    /// The lowest level reported.
    level: Option<Level>,
    budget: Option<usize>,
}

/// A file that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct NotLookedAt {
    path: String,
    reason: String,
}

/// Two states of the project, as files and as text.
struct States {
    before: Vec<Laid>,
    after: Vec<Laid>,
    words: String,
}

/// Runs the tool.
///
/// # Errors
/// If a change can't be read, or there is nothing to compare with.
pub(crate) fn run(session: &mut Session, arguments: &Arguments) -> Result<Value, Refused> {
    let budget = arguments.budget.unwrap_or(crate::answer::BUDGET);
    let least = arguments.level.unwrap_or(Level::Warning).max(Level::Hint);
    let states = states(session, arguments)?;
    let changed: Vec<Utf8PathBuf> =
        states.before.iter().chain(&states.after).map(|(path, _)| path.clone()).collect();
    let not_looked_at = session.look_with(&states.after, |snapshot| not_looked_at(snapshot, &changed))?;
    let delta = delta::compare(session, &states.before, &states.after, &[], &Rules::All)?;
    let mut python: Vec<&Utf8PathBuf> = changed.iter().filter(|path| row::is_python(path)).collect();
    python.sort();
    python.dedup();
    let unseen = python.len().min(not_looked_at.len());
    let is_checked = python.len() > unseen || (python.is_empty() && !changed.is_empty());
    Ok(said(&states.words, delta, least, &not_looked_at, (is_checked, python.len())).fit(budget))
}

/// The sources of the two states: a diff or contents are overlaid on the disk; otherwise the disk is compared with git.
fn states(session: &Session, arguments: &Arguments) -> Result<States, Refused> {
    let mut after = Vec::new();
    if let Some(diff) = &arguments.diff {
        after.extend(patch::apply(session, diff)?);
    }
    for (path, text) in &arguments.contents {
        after.push((session.absolute(path)?, text.clone()));
    }
    let is_given = arguments.diff.is_some() || !arguments.contents.is_empty();
    let wanted: Vec<Utf8PathBuf> =
        arguments.paths.iter().map(|path| session.absolute(path)).collect::<Result<_, _>>()?;
    let is_wanted =
        |path: &Utf8PathBuf| wanted.is_empty() || wanted.iter().any(|wanted| path.starts_with(wanted));
    after.retain(|(path, _)| is_wanted(path));
    let Some(base) = arguments.since.as_deref().or((!is_given).then_some("HEAD")) else {
        return Ok(States {
            before: Vec::new(),
            after,
            words: "the files on disk, and the change given".to_owned(),
        });
    };
    let changes = git::changes(session.root(), base).map_err(|error| {
        Refused::new(format!(
            "{error:#}; give `contents` or a `diff` to compare with the files on disk instead"
        ))
    })?;
    let counts = |path: &Utf8PathBuf| {
        path.starts_with(session.root()) && is_wanted(path) && (row::is_python(path) || configures(path))
    };
    let changed: Vec<Utf8PathBuf> = changes.files.iter().filter(|path| counts(path)).cloned().collect();
    let words = if is_given {
        format!("{base}, and the change given")
    } else {
        format!("{base}, and the files on disk")
    };
    Ok(States { before: changes.before_all(&changed), after, words })
}

fn configures(path: &Utf8PathBuf) -> bool {
    config::kind_of(path).is_some()
}

/// The changed files that can't be checked, and why.
fn not_looked_at(snapshot: &Snapshot, changed: &[Utf8PathBuf]) -> Vec<NotLookedAt> {
    let mut found = Vec::new();
    for path in changed.iter().filter(|path| row::is_python(path)) {
        let shown = crate::session::relative(snapshot, path).to_owned();
        let mut add = |reason: String| {
            let entry = NotLookedAt { path: shown.clone(), reason };
            if !found.contains(&entry) {
                found.push(entry);
            }
        };
        let Some((project, file)) = snapshot.project_of(path) else {
            // A deleted file has no findings.
            if snapshot.file(path).is_some_and(|file| !snapshot.text(file).as_str().is_empty()) {
                add("the configuration leaves it out".to_owned());
            }
            continue;
        };
        if let Some(problem) = snapshot.problem(file) {
            add(problem.to_string());
        } else if !python::parse(snapshot.text(file).as_str()).is_whole() {
            add("it has syntax errors: what stands around them may not be seen".to_owned());
        } else if let Some(role) = aside(snapshot, project, file) {
            add(role.to_owned());
        }
    }
    found
}

fn aside(snapshot: &Snapshot, project: model::Project, file: source::File) -> Option<&'static str> {
    let modules = model::query::modules(snapshot.db(), project);
    match modules[modules.of_file(file)?].role {
        model::PathRole::Aside => Some("generated, or a script outside of the packages: few rules judge it"),
        _ => None,
    }
}

fn said(
    words: &str,
    delta: Delta,
    least: Level,
    not_looked_at: &[NotLookedAt],
    (is_checked, changed): (bool, usize),
) -> Answer {
    let is_told = |level: Level| level >= least;
    let quiet = delta.new.iter().filter(|row| !is_told(row.severity)).count();
    let new: Vec<_> = delta.new.into_iter().filter(|row| is_told(row.severity)).collect();
    let worse: Vec<_> = delta.worse.into_iter().filter(|(row, _)| is_told(row.severity)).collect();
    let status = match () {
        () if !new.is_empty() || !worse.is_empty() || !delta.broken.is_empty() => "findings",
        () if !not_looked_at.is_empty() || !delta.problems.is_empty() => "incomplete",
        () if !is_checked => "nothing checked",
        () => "clean",
    };
    let mut answer = Answer::default();
    answer.field("status", status);
    answer.field("compared", words);
    answer.field(
        "counts",
        json!({
            "new": new.len(), "worse": worse.len(), "fixed": delta.fixed.len(), "unchanged": delta.unchanged,
            "files_changed": changed, "files_looked_at": delta.looked_at,
        }),
    );
    if quiet > 0 {
        answer.field("new_below_level", quiet);
    }
    if status == "nothing checked" {
        answer.field(
            "note",
            "no Python file of the project is changed; give `contents`, a `diff` or another `since`",
        );
    }
    answer.list("not_looked_at", 0, 2, not_looked_at);
    answer.list("problems", 0, 2, delta.problems);
    answer.list("broken_imports", 0, 2, delta.broken);
    answer.list("new", 0, 1, new);
    let worse = worse
        .into_iter()
        .map(|(row, was)| json!({"now": row, "was": format!("{} {}", was.level, was.message)}));
    answer.list("worse", 0, 1, worse);
    let fixed = delta.fixed.iter().map(|row| format!("{} {} {}", row.place, row.rule, row.message));
    answer.list("fixed", 3, 1, fixed);
    answer
}
