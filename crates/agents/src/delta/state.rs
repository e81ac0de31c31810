//! One state of the project: its findings, and what was found in it before.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use model::{EdgeKind, Project, Resolved, Target};
use source::File;
use workspace::{Affected, Snapshot};

use super::Rules;
use crate::Refused;
use crate::figures::{self, Figures};
use crate::row::{self, Row};
use crate::session::{Laid, Session, relative};

/// The findings of some files, and what is known of the project as a whole.
#[derive(Debug, Default)]
pub(super) struct State {
    /// By file (absolute): those that were asked for.
    pub(super) files: BTreeMap<Utf8PathBuf, FileState>,
    pub(super) figures: Figures,
    pub(super) problems: Vec<String>,
}

/// One file.
#[derive(Debug, Default, Clone)]
pub(super) struct FileState {
    /// Relative to the root.
    pub(super) path: String,
    /// Its dotted name.
    pub(super) module: String,
    /// Its imports of other modules.
    pub(super) hops: Vec<Hop>,
    pub(super) rows: Vec<Row>,
    /// Unresolved imports: path and name, with the line.
    pub(super) missing: Vec<((String, String), u32)>,
}

/// One import of a project module.
#[derive(Debug, Clone)]
pub(super) struct Hop {
    /// The path of the imported module, relative to the root.
    pub(super) to: String,
    pub(super) kind: EdgeKind,
    pub(super) line: u32,
}

impl State {
    /// What is found in the files that `wanted` holds, on all cores.
    pub(super) fn of(snapshot: &Snapshot, wanted: &Affected, rules: &Rules) -> Self {
        let all = snapshot.all_files();
        let is_wanted = |(_, file): &&(Project, File)| wanted.holds(file.path(snapshot.db()));
        let files: Vec<(Project, File)> = all.iter().filter(is_wanted).copied().collect();
        // The queries below use memoized results.
        let is_whole = |file: File| match rules {
            Rules::All => true,
            Rules::OfImport(importer) => file.path(snapshot.db()) == importer,
        };
        let (whole, others): (Vec<_>, Vec<_>) = files.iter().partition(|(_, file)| is_whole(*file));
        snapshot.check_files(&whole);
        snapshot.check_layers(&others);
        let found = files.iter().map(|(project, file)| {
            let rows = if is_whole(*file) { row::of_file } else { row::about_layers };
            let (module, hops) = imports(snapshot, *project, *file);
            let path = file.path(snapshot.db());
            let state = FileState {
                path: relative(snapshot, path).to_owned(),
                module,
                hops,
                rows: rows(snapshot, *file),
                missing: missing(snapshot, *project, *file),
            };
            (path.clone(), state)
        });
        let problems = snapshot.config_problems().iter().filter(|it| it.level == config::Level::Error);
        Self {
            files: found.collect(),
            figures: figures::of(snapshot),
            problems: problems
                .map(|problem| format!("{}: {}", relative(snapshot, &problem.path), problem.message))
                .collect(),
        }
    }
}

/// The name of a file's module, and the project modules that it imports, if it counts in cycles.
fn imports(snapshot: &Snapshot, project: Project, file: File) -> (String, Vec<Hop>) {
    let modules = model::query::modules(snapshot.db(), project);
    let Some(own) = modules.of_file(file) else { return Default::default() };
    let name = modules[own].name.to_string();
    if !modules[own].has_edges() {
        return (name, Vec::new());
    }
    let db = snapshot.db();
    let resolved = model::query::resolved(db, project, file);
    let (listed, lines) = (python::query::imports(db, file), python::query::import_lines(db, file));
    let hops = listed.list.iter().zip(resolved.iter()).zip(lines.iter());
    let hops = hops.filter_map(|((import, resolved), line)| {
        let to = resolved.module().filter(|to| *to != own)?;
        let kind = EdgeKind::of(import);
        (kind >= EdgeKind::Deferred).then(|| Hop { to: modules[to].path.to_string(), kind, line: *line + 1 })
    });
    (name, hops.collect())
}

/// The imports of a file that look first-party but don't resolve.
fn missing(snapshot: &Snapshot, project: Project, file: File) -> Vec<((String, String), u32)> {
    let resolved = model::query::resolved(snapshot.db(), project, file);
    let lines = python::query::import_lines(snapshot.db(), file);
    let path = relative(snapshot, file.path(snapshot.db()));
    let is_missing = |(resolved, _): &(&Resolved, &u32)| matches!(resolved.target, Target::Missing(_));
    let found = resolved.iter().zip(lines.iter()).filter(is_missing);
    found.map(|(resolved, line)| ((path.to_owned(), resolved.absolute.to_string()), *line + 1)).collect()
}

/// What was found in a state of the project. As long as the disk stays as it is, it holds for the next question: most
/// compare with the same state, or try the same change again. Each change of texts makes the index look again, so what
/// is known isn't asked.
#[derive(Debug)]
pub(crate) struct Seen {
    /// What lies over the disk in it.
    pub(crate) laid: Vec<Laid>,
    /// The rules that were asked.
    pub(crate) rules: Rules,
    /// `None` until something was asked.
    state: Option<State>,
    /// Files whose change was asked about, and what it affects.
    affected: Vec<(Vec<Utf8PathBuf>, Affected)>,
}

impl Seen {
    /// Of a state with these files over the disk; nothing was asked yet.
    pub(crate) fn over(laid: Vec<Laid>, rules: Rules) -> Self {
        Self { laid, rules, state: None, affected: Vec::new() }
    }
}

/// The files that a change of `changed` affects, as seen in one state.
///
/// # Errors
/// If the analysis fails.
pub(super) fn affected(
    session: &mut Session,
    seen: &mut Seen,
    changed: &[Utf8PathBuf],
) -> Result<Affected, Refused> {
    if let Some((_, affected)) = seen.affected.iter().find(|(files, _)| files == changed) {
        return Ok(affected.clone());
    }
    let affected = session.look_with(&seen.laid, |snapshot| snapshot.affected(changed))?;
    seen.affected.push((changed.to_vec(), affected.clone()));
    Ok(affected)
}

/// What is found in the files that `wanted` holds; only those are checked that weren't yet.
///
/// # Errors
/// If the analysis fails.
pub(super) fn found(session: &mut Session, seen: &mut Seen, wanted: &Affected) -> Result<State, Refused> {
    let unseen = match (wanted, &seen.state) {
        (Affected::Files(files), Some(state)) => {
            Affected::Files(files.iter().filter(|path| !state.files.contains_key(*path)).cloned().collect())
        }
        _ => wanted.clone(),
    };
    let is_known = seen.state.is_some() && matches!(&unseen, Affected::Files(files) if files.is_empty());
    if !is_known {
        let mut found =
            session.look_with(&seen.laid, |snapshot| State::of(snapshot, &unseen, &seen.rules))?;
        // A path that is no file of the project has nothing, and isn't asked about again.
        if let Affected::Files(files) = &unseen {
            for path in files {
                found.files.entry(path.clone()).or_default();
            }
        }
        match &mut seen.state {
            Some(state) => state.files.append(&mut found.files),
            state => *state = Some(found),
        }
    }
    let Some(state) = &seen.state else { return Ok(State::default()) };
    let files = state.files.iter().filter(|(path, _)| wanted.holds(path));
    Ok(State {
        files: files.map(|(path, file)| (path.clone(), file.clone())).collect(),
        figures: state.figures.clone(),
        problems: state.problems.clone(),
    })
}
