//! The effect of a change on the findings: two states of the project, and the difference between them.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use model::{Project, Resolved, Target};
use source::File;
use workspace::{Affected, Snapshot};

use crate::Refused;
use crate::figures::{self, Figures};
use crate::row::{self, Row};
use crate::session::{Laid, Session, relative};

/// The effect of a change.
#[derive(Debug, Default)]
pub(crate) struct Delta {
    /// New findings, the most severe first.
    pub(crate) new: Vec<Row>,
    /// Findings that are more severe or larger than before, with their old state.
    pub(crate) worse: Vec<(Row, Row)>,
    /// Fixed findings.
    pub(crate) fixed: Vec<Row>,
    /// Unchanged findings in the checked files.
    pub(crate) unchanged: usize,
    /// The number of files whose findings may differ; all of them were checked, before and after.
    pub(crate) looked_at: usize,
    pub(crate) before: Figures,
    pub(crate) after: Figures,
    /// Problems of the configuration, after.
    pub(crate) problems: Vec<String>,
    /// Imports of the project that no longer resolve.
    pub(crate) broken: Vec<String>,
}

/// A state of the project.
#[derive(Debug, Default)]
struct State {
    rows: Vec<Row>,
    figures: Figures,
    problems: Vec<String>,
    /// Unresolved imports: path and name, with the line.
    missing: BTreeMap<(String, String), u32>,
}

/// Compares the project with `before` overlaid on the disk and with `after` overlaid on it. `moved` names files with
/// another path after: their findings stay the same.
///
/// # Errors
/// If the analysis fails.
pub(crate) fn compare(
    session: &mut Session,
    before: &[Laid],
    after: &[Laid],
    moved: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Result<Delta, Refused> {
    let changed: BTreeSet<Utf8PathBuf> = before.iter().chain(after).map(|(path, _)| path.clone()).collect();
    let changed: Vec<Utf8PathBuf> = changed.into_iter().collect();
    let affected = |snapshot: &Snapshot| snapshot.affected(&changed);
    let now = session.look_with(after, affected)?;
    session.lay(before);
    let then = session.look(affected)?;
    let wanted = match (now, then) {
        (Affected::Files(mut now), Affected::Files(then)) => {
            now.extend(then);
            Affected::Files(now)
        }
        (everything @ Affected::Everything(_), _) | (_, everything) => everything,
    };
    let earlier = session.look(|snapshot| state(snapshot, &wanted))?;
    session.lift();
    let later = session.look_with(after, |snapshot| state(snapshot, &wanted))?;
    let mut delta = difference(session, earlier, later, moved);
    delta.looked_at = match &wanted {
        Affected::Files(files) => files.iter().filter(|path| row::is_python(path)).count(),
        Affected::Everything(_) => delta.after.modules,
    };
    Ok(delta)
}

fn state(snapshot: &Snapshot, wanted: &Affected) -> State {
    let all = snapshot.all_files();
    let is_wanted = |(_, file): &&(Project, File)| wanted.holds(file.path(snapshot.db()));
    let files: Vec<(Project, File)> = all.iter().filter(is_wanted).copied().collect();
    // On all cores; the queries below use memoized results.
    snapshot.check_files(&files);
    let missing = files.iter().flat_map(|(project, file)| missing(snapshot, *project, *file)).collect();
    let problems = snapshot.config_problems().iter().filter(|it| it.level == config::Level::Error);
    State {
        rows: files.iter().flat_map(|(_, file)| row::of_file(snapshot, *file)).collect(),
        figures: figures::of(snapshot),
        missing,
        problems: problems
            .map(|problem| format!("{}: {}", relative(snapshot, &problem.path), problem.message))
            .collect(),
    }
}

/// The imports of a file that look first-party but don't resolve.
fn missing(snapshot: &Snapshot, project: Project, file: File) -> Vec<((String, String), u32)> {
    let resolved = model::query::resolved(snapshot.db(), project, file);
    let lines = python::query::import_lines(snapshot.db(), file);
    let path = relative(snapshot, file.path(snapshot.db()));
    let is_missing = |(resolved, _): &(&Resolved, &u32)| matches!(resolved.target, Target::Missing(_));
    let found = resolved.iter().zip(lines.iter()).filter(is_missing);
    found.map(|(resolved, line)| ((path.to_owned(), resolved.absolute.to_string()), *line)).collect()
}

type Key = (&'static str, String);

fn difference(
    session: &Session,
    earlier: State,
    later: State,
    moved: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Delta {
    let broken = later.missing.iter().filter(|(import, _)| !earlier.missing.contains_key(import));
    let broken =
        broken.map(|((path, name), line)| format!("{path}:{line} `{name}` is not there any more")).collect();
    let mut delta = Delta {
        broken,
        before: earlier.figures,
        after: later.figures,
        problems: later.problems,
        ..Delta::default()
    };
    let key = |row: &Row| -> Key { (row.rule, row.fingerprint.clone()) };
    let mut gone: BTreeMap<Key, Row> = earlier.rows.into_iter().map(|row| (key(&row), row)).collect();
    for row in later.rows {
        match gone.remove(&key(&row)) {
            Some(was) if row.severity > was.severity || row.extent > was.extent => {
                delta.worse.push((row, was));
            }
            Some(_) => delta.unchanged += 1,
            None => delta.new.push(row),
        }
    }
    // Fingerprints contain the module, and a moved file is another module.
    let elsewhere = |path: &str| -> Option<String> {
        let full = session.root().join(path);
        moved.iter().find_map(|(from, to)| {
            let rest = full.strip_prefix(from).ok()?;
            let target = if rest.as_str().is_empty() { to.clone() } else { to.join(rest) };
            Some(target.strip_prefix(session.root()).unwrap_or(&target).to_string())
        })
    };
    delta.new.retain(|row| {
        let is_same = |was: &Row| {
            was.rule == row.rule
                && was.marked == row.marked
                && elsewhere(&was.path).is_some_and(|path| path == row.path)
        };
        let found = gone.iter().find(|(_, was)| is_same(was)).map(|(key, _)| key.clone());
        delta.unchanged += usize::from(found.is_some());
        found.is_none_or(|key| gone.remove(&key).is_none())
    });
    delta.fixed = gone.into_values().collect();
    delta.new.sort_by(loudest_first);
    delta.worse.sort_by(|(a, _), (b, _)| loudest_first(a, b));
    delta.fixed.sort_by(loudest_first);
    delta
}

fn loudest_first(a: &Row, b: &Row) -> std::cmp::Ordering {
    (b.severity, &a.place, a.rule).cmp(&(a.severity, &b.place, b.rule))
}
