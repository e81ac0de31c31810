//! From the paths on the command line to an indexed project.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use report::routes::Asked;
use source::{DiskFileSystem, FileKind, FileSystem, Patience};
use workspace::{BaselineChoice, Change, IndexProgress, Overlay, Phase, Snapshot, Workers, Workspace};

/// Files that mark a folder as a project.
const MARKERS: [&str; 7] =
    ["architrave.toml", "pyproject.toml", "setup.py", "setup.cfg", ".importlinter", "tach.toml", "manage.py"];

/// An opened project and the paths to report on.
pub(crate) struct Loaded {
    pub(crate) workspace: Workspace,
    workers: Workers,
    /// Absolute; reported paths are relative to it.
    pub(crate) root: Utf8PathBuf,
    /// Absolute; findings below one of them are reported.
    pub(crate) wanted: Vec<Utf8PathBuf>,
}

/// What is computed of a project on all cores while it is opened. Anything else is computed when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Facts, imports and the architecture.
    Architecture,
    /// The findings of the files that are reported on, too.
    Findings,
}

/// The folder of a project and the paths to report on, before anything of it is read.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    /// Absolute; findings below one of them are reported.
    pub(crate) wanted: Vec<Utf8PathBuf>,
    /// Absolute.
    pub(crate) root: Utf8PathBuf,
}

impl Loaded {
    /// Whether findings of this file are reported.
    pub(crate) fn is_wanted(&self, path: &Utf8Path) -> bool {
        is_below(&self.wanted, path)
    }

    /// Path relative to the root, `/`-separated.
    pub(crate) fn relative<'a>(&self, path: &'a Utf8Path) -> &'a str {
        path.strip_prefix(&self.root).unwrap_or(path).as_str()
    }

    /// A view of the current state.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.workspace.snapshot()
    }

    /// Computes the findings of the wanted files that `is_checked` selects, on all cores.
    pub(crate) fn check(&mut self, is_checked: impl Fn(&Utf8Path) -> bool + Sync) {
        let Self { workspace, workers, wanted, .. } = self;
        let bar = progress_bar("checking");
        workers.run(|| index(workspace, &|path| is_below(wanted, path) && is_checked(path), &bar));
        bar.finish_and_clear();
    }

    /// Runs `work` on all cores, on threads whose stacks are deep enough for code that was not analysed yet.
    pub(crate) fn on_workers<T: Send>(&mut self, work: impl FnOnce(&Self) -> T + Send) -> T {
        let workers = self.workers.clone();
        // Moved, so that it is exclusive: a database is used by one thread at a time.
        workers.run(move || work(self))
    }
}

/// Opens and indexes the project that `paths` belong to.
///
/// # Errors
/// If a path doesn't exist, the current folder is unreadable, threads can't be started, or an interrupted write of an
/// earlier run can be neither completed nor rolled back.
pub(crate) fn load(paths: &[Utf8PathBuf], store: &Store) -> anyhow::Result<Loaded> {
    load_with(paths, store, BaselineChoice::Nothing, Overlay::default())
}

/// As [`load`], without findings.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_architecture(paths: &[Utf8PathBuf], store: &Store) -> anyhow::Result<Loaded> {
    let choice = (BaselineChoice::Nothing, Overlay::default());
    open(locate(paths)?, Arc::new(DiskFileSystem), store, choice, Depth::Architecture)
}

/// As [`load_architecture`], with the nearest baseline, as `check` uses it.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_for_pictures(paths: &[Utf8PathBuf], store: &Store) -> anyhow::Result<Loaded> {
    let (fs, baseline) = (Arc::new(DiskFileSystem), BaselineChoice::Nearest);
    open(locate(paths)?, fs, store, (baseline, Overlay::default()), Depth::Architecture)
}

/// As [`load`], with the baseline that applies, and the command line's overrides of every configuration.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_with(
    paths: &[Utf8PathBuf],
    store: &Store,
    baseline: BaselineChoice,
    overlay: Overlay,
) -> anyhow::Result<Loaded> {
    open(locate(paths)?, Arc::new(DiskFileSystem), store, (baseline, overlay), Depth::Findings)
}

/// Opens and indexes a project, read through `fs`.
///
/// # Errors
/// If threads can't be started.
pub(crate) fn open(
    Located { wanted, root }: Located,
    fs: Arc<dyn FileSystem>,
    store: &Store,
    (baseline, overlay): (BaselineChoice, Overlay),
    depth: Depth,
) -> anyhow::Result<Loaded> {
    let mut workspace = Workspace::new(fs).keeping(store.clone());
    let bar = progress_bar("reading");
    workspace.apply(vec![
        Change::Baselines(baseline),
        Change::Overlay(overlay),
        Change::AddFolder(root.clone()),
    ]);
    // On our own threads: the default ones have stacks of 2 MiB, which deep code overflows.
    let workers = Workers::new().map_err(anyhow::Error::msg)?;
    let is_checked = |path: &Utf8Path| depth == Depth::Findings && is_below(&wanted, path);
    workers.run(|| index(&mut workspace, &is_checked, &bar));
    bar.finish_and_clear();
    Ok(Loaded { workspace, workers, root, wanted })
}

/// Finds the project that `paths` belong to.
///
/// # Errors
/// If a path doesn't exist, the current folder is unreadable, or an interrupted write of an earlier run can be neither
/// completed nor rolled back.
pub(crate) fn locate(paths: &[Utf8PathBuf]) -> anyhow::Result<Located> {
    let (wanted, root) = recovered(&current_folder()?, paths)?;
    Ok(Located { wanted, root })
}

/// The cache of earlier runs, if the user wants it.
pub(crate) fn store(is_wanted: bool) -> Store {
    let is_off = !is_wanted || cache::is_switched_off();
    let folder =
        if is_off { None } else { current_folder().ok().and_then(|current| cache::folder(&current)) };
    folder.map_or_else(Store::off, |folder| Store::new(Arc::new(DiskFileSystem), folder, python::VERSION))
}

/// The folder of the project around `path`, which need not exist.
///
/// # Errors
/// If the current folder is unreadable.
pub(crate) fn root_around(path: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let current = current_folder()?;
    Ok(root_of(&current, &nearest(&current, path)))
}

pub(crate) fn current_folder() -> anyhow::Result<Utf8PathBuf> {
    Utf8PathBuf::from_path_buf(std::env::current_dir().context("the current folder can't be read")?)
        .map_err(|path| anyhow::anyhow!("the current folder {} is not UTF-8", path.display()))
}

/// An absolute path; it need not exist, but its folder must.
///
/// # Errors
/// If the current folder is unreadable, or a folder doesn't exist.
pub(crate) fn in_current_folder(path: &Utf8PathBuf) -> anyhow::Result<Utf8PathBuf> {
    let full = current_folder()?.join(path);
    let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else { bail!("{path} is no file") };
    let folder = folder.canonicalize_utf8().with_context(|| format!("the folder of {path}"))?;
    Ok(folder.join(name))
}

/// The absolute paths and their root, after an interrupted write of an earlier run has been completed or rolled back:
/// nothing is reported about a half-written project.
///
/// # Errors
/// If a path doesn't exist, or files can't be written.
fn recovered(current: &Utf8Path, paths: &[Utf8PathBuf]) -> anyhow::Result<(Vec<Utf8PathBuf>, Utf8PathBuf)> {
    let find = || -> anyhow::Result<_> {
        let wanted: Vec<Utf8PathBuf> =
            paths.iter().map(|path| absolute(current, path)).collect::<Result<_, _>>()?;
        let root = common_root(current, &wanted);
        Ok((wanted, root))
    };
    let found = find();
    let root = if let Ok((_, root)) = &found {
        root.clone()
    } else {
        // The given path may be one that the earlier run was about to move.
        let there: Vec<Utf8PathBuf> = paths.iter().map(|path| nearest(current, path)).collect();
        common_root(current, &there)
    };
    match source::recover(&DiskFileSystem, &root, Patience::Long)? {
        None => found,
        Some(recovered) => {
            writeln!(std::io::stderr(), "architrave: {recovered}")?;
            find()
        }
    }
}

/// The nearest existing folder or file upwards, with links resolved.
pub(crate) fn nearest(current: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let full = current.join(path);
    let mut there = full.ancestors().filter_map(|path| path.canonicalize_utf8().ok());
    there.next().unwrap_or_else(|| current.to_owned())
}

fn absolute(current: &Utf8Path, path: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let full = current.join(path);
    match full.canonicalize_utf8() {
        Ok(path) => Ok(path),
        Err(error) => bail!("{path}: {error}; give a folder or a Python file that exists"),
    }
}

/// The folder to index: the project around the given paths. If there is none, a given folder counts as a project
/// itself, and a file belongs to the current folder if it is in it.
fn common_root(current: &Utf8Path, wanted: &[Utf8PathBuf]) -> Utf8PathBuf {
    let mut roots = wanted.iter().map(|path| root_of(current, path));
    let first = roots.next().unwrap_or_default();
    roots.fold(first, |common, root| {
        common.ancestors().find(|folder| root.starts_with(folder)).unwrap_or(&common).to_path_buf()
    })
}

fn root_of(current: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let fs = DiskFileSystem;
    let is_folder = fs.metadata(path).is_ok_and(|found| found.kind == FileKind::Folder);
    let folder = if is_folder { path } else { path.parent().unwrap_or(path) };
    folder
        .ancestors()
        .find(|ancestor| MARKERS.iter().any(|marker| fs.metadata(&ancestor.join(marker)).is_ok()))
        .unwrap_or(if !is_folder && folder.starts_with(current) { current } else { folder })
        .to_path_buf()
}

/// A progress bar on stderr, if that is a terminal and the work takes long enough.
/// Whether a path is one of `folders` or lies below one.
fn is_below(folders: &[Utf8PathBuf], path: &Utf8Path) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn progress_bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn index(workspace: &mut Workspace, is_checked: &(dyn Fn(&Utf8Path) -> bool + Sync), bar: &ProgressBar) {
    let told = |progress: IndexProgress| {
        if progress.phase == Phase::Reading {
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
        } else {
            bar.set_position(bar.length().unwrap_or_default());
        }
    };
    if let Err(failure) = workspace.index_with_findings_of(is_checked, told) {
        // The files that could be read are checked all the same.
        tracing::error!("indexing: {failure}");
    }
}

/// The one route for `words`, in all opened projects.
///
/// # Errors
/// If there is none, with the nearest ones; or if there are several, with their differences.
pub(crate) fn one_route(snapshot: &Snapshot, words: &str) -> anyhow::Result<(model::Project, model::Route)> {
    let mut near: Vec<String> = Vec::new();
    let mut found: Vec<(model::Project, model::Route)> = Vec::new();
    let mut count = 0;
    for project in snapshot.projects() {
        let routes = model::query::routes(snapshot.db(), *project);
        count += routes.list.len();
        match report::routes::asked(&routes.list, words) {
            Asked::One(route) => found.push((*project, route.clone())),
            Asked::Several(routes) => found.extend(routes.into_iter().map(|route| (*project, route.clone()))),
            Asked::None(titles) => near.extend(titles),
        }
    }
    if found.len() == 1
        && let Some(one) = found.pop()
    {
        return Ok(one);
    }
    if found.is_empty() {
        match (near.is_empty(), count) {
            (_, 0) => bail!("no routes are found here"),
            (true, _) => bail!("no route is `{words}`; `architrave routes` lists all {count}"),
            (false, _) => bail!("no route is `{words}`; near it: {}", near.join(", ")),
        }
    }
    let list =
        found.iter().map(|(_, route)| format!("\n  {} ({})", route.title(), route.handler.qualified()));
    bail!("`{words}` may be any of {} routes:{}", found.len(), list.collect::<String>())
}
