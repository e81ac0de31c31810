//! Our own watcher, for clients that can't watch files for us.
//!
//! It watches the folders that contain files of the projects and those between them and the root, one by one: a
//! recursive watch on the root would include virtual environments and `node_modules`, and the system's watches are
//! limited.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use source::{FileKind, FileSystem as _};
use workspace::Snapshot;

use crate::event::{Event, Watched};

/// A branch switch writes thousands of files in a row: this long without another event marks its end.
const QUIET: Duration = Duration::from_millis(60);

/// No event waits longer than this.
const LIMIT: Duration = Duration::from_millis(500);

/// The watcher.
pub(crate) struct Watcher {
    watcher: RecommendedWatcher,
    watched: BTreeSet<Utf8PathBuf>,
}

impl Watcher {
    /// Starts without watching anything.
    ///
    /// # Errors
    /// Errors of the system.
    pub(crate) fn new(inbox: Sender<Event>) -> anyhow::Result<Self> {
        let (sender, events) = unbounded();
        let watcher = notify::recommended_watcher(move |event| {
            let _ = sender.send(event);
        })?;
        std::thread::Builder::new().name("watcher".to_owned()).spawn(move || gather(&events, &inbox))?;
        Ok(Self { watcher, watched: BTreeSet::new() })
    }

    /// Watches the folders in `snapshot`, and those among `also` that are folders now.
    pub(crate) fn follow(&mut self, snapshot: &Snapshot, also: &[Utf8PathBuf]) {
        let mut wanted = folders(snapshot);
        wanted.extend(also.iter().filter(|path| self.watched.contains(*path) || is_folder(path)).cloned());
        for gone in self.watched.difference(&wanted) {
            // A deleted folder is no longer watched; that is not an error for us.
            let _ = self.watcher.unwatch(gone.as_std_path());
        }
        let mut refused = 0;
        for new in wanted.difference(&self.watched) {
            if let Err(error) = self.watcher.watch(new.as_std_path(), RecursiveMode::NonRecursive) {
                refused += 1;
                tracing::debug!("{new} is not watched: {error}");
            }
        }
        if refused > 0 {
            tracing::warn!(
                "{refused} folders are not watched: changes of files there are seen when saved here"
            );
        }
        self.watched = wanted;
    }
}

fn is_folder(path: &Utf8Path) -> bool {
    source::DiskFileSystem.metadata(path).is_ok_and(|metadata| metadata.kind == FileKind::Folder)
}

/// The folders that contain files of the projects, and those between them and the root.
fn folders(snapshot: &Snapshot) -> BTreeSet<Utf8PathBuf> {
    let db = snapshot.db();
    let mut folders = BTreeSet::new();
    for project in snapshot.projects() {
        let root = project.root(db);
        folders.insert(root.clone());
        for (path, _) in project.files(db).list() {
            for folder in path.ancestors().skip(1) {
                if !folders.insert(root.join(folder)) {
                    break;
                }
            }
        }
    }
    folders
}

/// Collects events until a pause and passes on the paths.
fn gather(events: &Receiver<notify::Result<notify::Event>>, inbox: &Sender<Event>) {
    while let Ok(first) = events.recv() {
        let end = Instant::now() + LIMIT;
        let mut paths = BTreeSet::new();
        let mut lost = note(first, &mut paths);
        while let Ok(event) = events.recv_timeout(QUIET.min(end.saturating_duration_since(Instant::now()))) {
            lost |= note(event, &mut paths);
        }
        let watched = if lost { Watched::Lost } else { Watched::Paths(paths.into_iter().collect()) };
        if !matches!(&watched, Watched::Paths(paths) if paths.is_empty())
            && inbox.send(Event::Watched(watched)).is_err()
        {
            return;
        }
    }
}

/// Records the paths of an event; returns whether events were lost.
fn note(event: notify::Result<notify::Event>, paths: &mut BTreeSet<Utf8PathBuf>) -> bool {
    match event {
        Ok(event) if event.need_rescan() => true,
        Ok(event) => {
            if !matches!(event.kind, EventKind::Access(_)) {
                paths.extend(event.paths.iter().filter_map(|path| of_interest(path)));
            }
            false
        }
        Err(error) => {
            tracing::debug!("watcher: {error}");
            matches!(error.kind, notify::ErrorKind::Generic(_) | notify::ErrorKind::Io(_))
        }
    }
}

/// A path that may matter: a source, a configuration file, or possibly a folder.
fn of_interest(path: &Path) -> Option<Utf8PathBuf> {
    let path = Utf8Path::from_path(path)?;
    let name = path.file_name()?;
    let is_ours = matches!(path.extension(), Some("py" | "pyi"))
        || config::kind_of(path).is_some()
        || matches!(name, "setup.py" | ".gitignore" | rules::baseline::FILE_NAME);
    let may_be_folder = path.extension().is_none() && !name.starts_with('.') && name != "__pycache__";
    (is_ours || may_be_folder).then(|| path.to_owned())
}
