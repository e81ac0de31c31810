//! The effect of a change on the findings: two states of the project, and the difference between them.

mod cycles;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use workspace::Affected;

pub(crate) use state::Seen;
use state::State;

use crate::Refused;
use crate::figures::Figures;
use crate::row::{self, Row};
use crate::session::{Laid, Session};

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

/// The rules whose findings a change may alter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rules {
    /// All of them.
    All,
    /// Of an import at the top of this file: all of them there, and elsewhere those about directions, contracts and
    /// cycles. What other rules say elsewhere gets no worse by an import: a late import there may turn out to break a
    /// cycle, which makes a warning an info.
    OfImport(Utf8PathBuf),
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
    rules: &Rules,
) -> Result<Delta, Refused> {
    let changed: BTreeSet<Utf8PathBuf> = before.iter().chain(after).map(|(path, _)| path.clone()).collect();
    let changed: Vec<Utf8PathBuf> = changed.into_iter().collect();
    let (mut then, mut now) = (session.take_seen(before, rules), session.take_seen(after, rules));
    let affected = state::affected(session, &mut then, &changed)?;
    let wanted = both(state::affected(session, &mut now, &changed)?, affected);
    let later = state::found(session, &mut now, &wanted)?;
    let earlier = state::found(session, &mut then, &wanted)?;
    session.keep_seen([now, then]);
    let mut delta = difference(session, earlier, later, moved);
    delta.looked_at = match &wanted {
        Affected::Files(files) => files.iter().filter(|path| row::is_python(path)).count(),
        Affected::Everything(_) => delta.after.modules,
    };
    Ok(delta)
}

/// What one or the other affects.
fn both(now: Affected, then: Affected) -> Affected {
    match (now, then) {
        (Affected::Files(mut now), Affected::Files(then)) => {
            now.extend(then);
            Affected::Files(now)
        }
        (everything @ Affected::Everything(_), _) | (_, everything) => everything,
    }
}

type Key = (&'static str, String);

fn difference(
    session: &Session,
    earlier: State,
    later: State,
    moved: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Delta {
    let imports = |state: &State| -> BTreeMap<(String, String), u32> {
        state.files.values().flat_map(|file| file.missing.iter().cloned()).collect()
    };
    let (had, has) = (imports(&earlier), imports(&later));
    let broken = has.iter().filter(|(import, _)| !had.contains_key(import));
    let broken =
        broken.map(|((path, name), line)| format!("{path}:{line} `{name}` is not there any more")).collect();
    let (then, now) = (cycles::Imports::of(&earlier), cycles::Imports::of(&later));
    let mut delta = Delta {
        broken,
        before: earlier.figures,
        after: later.figures,
        problems: later.problems,
        ..Delta::default()
    };
    let key = |row: &Row| -> Key { (row.rule, row.fingerprint.clone()) };
    let rows =
        |state: BTreeMap<Utf8PathBuf, state::FileState>| state.into_values().flat_map(|file| file.rows);
    let mut gone: BTreeMap<Key, Row> = rows(earlier.files).map(|row| (key(&row), row)).collect();
    for row in rows(later.files) {
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
    cycles::settle(&mut delta, &then, &now);
    delta.new.sort_by(loudest_first);
    delta.worse.sort_by(|(a, _), (b, _)| loudest_first(a, b));
    delta.fixed.sort_by(loudest_first);
    delta
}

fn loudest_first(a: &Row, b: &Row) -> std::cmp::Ordering {
    (b.severity, &a.place, a.rule).cmp(&(a.severity, &b.place, b.rule))
}
