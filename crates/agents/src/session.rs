//! A project that stays indexed between questions.

use std::sync::Arc;

use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use model::Project;
use source::{DiskFileSystem, FileSystem, OverlayFileSystem};
use workspace::{BaselineChoice, Change, Snapshot, Workers, Workspace};

use crate::Refused;
use crate::delta::{Rules, Seen};

/// A proposed file: its text, or `None` if it would be deleted. The path is absolute.
pub(crate) type Laid = (Utf8PathBuf, Option<String>);

/// A project that stays indexed between questions. Stays on one thread.
pub struct Session {
    overlay: Arc<OverlayFileSystem>,
    workspace: Workspace,
    workers: Workers,
    root: Utf8PathBuf,
    is_indexed: bool,
    /// States of the project that were compared since the disk changed; the latest last.
    seen: Vec<Seen>,
}

/// How many of them are kept: the disk, the revision that it is compared with, and what was tried lately.
const KEPT: usize = 4;

impl Session {
    /// A session for the project in the folder `root` (absolute) on disk, with the cache of earlier runs in `store`.
    ///
    /// # Errors
    /// If threads can't be started.
    pub fn open(root: &Utf8Path, store: Store) -> Result<Self, Refused> {
        let mut session = Self::over(Arc::new(DiskFileSystem), root)?;
        session.workspace = session.workspace.keeping(store);
        Ok(session)
    }

    /// As [`Session::open`], over other files.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn over(files: Arc<dyn FileSystem>, root: &Utf8Path) -> Result<Self, Refused> {
        let overlay = Arc::new(OverlayFileSystem::new(files));
        let workspace = Workspace::new(Arc::clone(&overlay) as Arc<dyn FileSystem>);
        let workers = Workers::new().map_err(Refused::new)?;
        Ok(Self { overlay, workspace, workers, root: root.to_owned(), is_indexed: false, seen: Vec::new() })
    }

    /// The folder of the project; paths in answers are relative to it.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Updates the index from the disk: only what has changed is read again.
    pub fn refresh(&mut self) {
        self.lift();
        if self.is_indexed {
            let before = (self.workspace.generation(), Arc::clone(self.workspace.snapshot().baselines()));
            self.workspace.apply(vec![Change::Rescan]);
            let is_same = self.workspace.generation() == before.0
                && Arc::ptr_eq(self.workspace.snapshot().baselines(), &before.1);
            if !is_same {
                self.seen.clear();
            }
            return;
        }
        let open = vec![Change::Baselines(BaselineChoice::Nearest), Change::AddFolder(self.root.clone())];
        self.workspace.apply(open);
        self.index();
        self.is_indexed = true;
    }

    /// Reads and resolves all files on all cores, which individual questions would do one by one. Findings are computed
    /// on demand.
    fn index(&mut self) {
        let Self { workspace, workers, .. } = self;
        workers.run(|| {
            if let Err(failure) = workspace.index_without_findings(|_| ()) {
                tracing::error!("indexing: {failure}");
            }
            workspace.store().save();
        });
    }

    /// What was found with these files over the disk; those that are as on the disk don't matter.
    pub(crate) fn take_seen(&mut self, laid: &[Laid], rules: &Rules) -> Seen {
        let differs = |(path, text): &&Laid| match text {
            Some(text) => self.text(path).as_ref() != Some(text),
            None => self.exists(path),
        };
        let laid: Vec<Laid> = laid.iter().filter(differs).cloned().collect();
        match self.seen.iter().position(|seen| seen.laid == laid && seen.rules == *rules) {
            Some(at) => self.seen.remove(at),
            None => Seen::over(laid, rules.clone()),
        }
    }

    /// Keeps them for the next question, the last the longest.
    pub(crate) fn keep_seen(&mut self, seen: [Seen; 2]) {
        self.seen.extend(seen);
        let most = self.seen.len().saturating_sub(KEPT);
        self.seen.drain(..most);
    }

    /// Overlays files on the disk.
    pub(crate) fn lay(&mut self, files: &[Laid]) {
        for (path, text) in files {
            self.overlay.lay(path.clone(), text.clone().map(String::into_bytes));
        }
        self.workspace.apply(vec![Change::Disk(files.iter().map(|(path, _)| path.clone()).collect())]);
    }

    /// Removes all overlays.
    pub(crate) fn lift(&mut self) {
        let paths = self.overlay.clear();
        if !paths.is_empty() {
            self.workspace.apply(vec![Change::Disk(paths)]);
        }
    }

    /// Queries the current project, including overlays. Overlaid files are read like any others.
    pub(crate) fn look<T: Send>(&self, work: impl FnOnce(&Snapshot) -> T + Send) -> Result<T, Refused> {
        let snapshot = self.workspace.snapshot();
        self.workers.run(move || snapshot.catch(work)).map_err(Refused::from)
    }

    /// As [`Session::look`], with `files` additionally overlaid on the disk meanwhile.
    pub(crate) fn look_with<T: Send>(
        &mut self,
        files: &[Laid],
        work: impl FnOnce(&Snapshot) -> T + Send,
    ) -> Result<T, Refused> {
        self.lay(files);
        let seen = self.look(work);
        self.lift();
        seen
    }

    /// The text on disk; `None` if there is no file, or it is not text.
    pub(crate) fn text(&self, path: &Utf8Path) -> Option<String> {
        let bytes = self.overlay.read(path).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Whether a path exists.
    pub(crate) fn exists(&self, path: &Utf8Path) -> bool {
        self.overlay.metadata(path).is_ok()
    }

    /// An absolute version of a caller's path; relative ones start at the root.
    ///
    /// # Errors
    /// If the path is outside the project.
    pub(crate) fn absolute(&self, path: &str) -> Result<Utf8PathBuf, Refused> {
        let full = source::absolute(&self.root, Utf8Path::new(path));
        if full.starts_with(&self.root) {
            Ok(full)
        } else {
            Err(Refused::new(format!("{path} lies outside of the project {}", self.root)))
        }
    }
}

/// The path of a file relative to the root of its project.
pub(crate) fn relative<'a>(snapshot: &Snapshot, path: &'a Utf8Path) -> &'a str {
    let roots = snapshot.projects().iter().map(|project| project.root(snapshot.db()));
    let mut inside = roots.filter_map(|root| path.strip_prefix(root).ok());
    inside.next().unwrap_or(path).as_str()
}

/// The only project of a session.
///
/// # Errors
/// If the folder has no Python code.
pub(crate) fn project(snapshot: &Snapshot) -> Result<Project, Refused> {
    let found = snapshot.projects().first().copied();
    found.ok_or_else(|| Refused::new("no project is open"))
}
