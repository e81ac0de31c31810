//! A project that is kept indexed between questions.

use std::sync::Arc;

use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use model::Project;
use source::{DiskFileSystem, FileSystem, OverlayFileSystem};
use workspace::{BaselineChoice, Change, Index, Snapshot, Step, Workers, Workspace};

use crate::Refused;

/// A file as it would be: its text, or nothing where it would be gone. The path is absolute.
pub(crate) type Laid = (Utf8PathBuf, Option<String>);

/// A project that is kept indexed between questions. Lives on one thread.
pub struct Session {
    overlay: Arc<OverlayFileSystem>,
    workspace: Workspace,
    workers: Workers,
    root: Utf8PathBuf,
    is_indexed: bool,
}

impl Session {
    /// A session over the project in the folder `root` (absolute) of the disk, with what `store` kept of earlier runs.
    ///
    /// # Errors
    /// Where threads can't be started.
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
        Ok(Self { overlay, workspace, workers, root: root.to_owned(), is_indexed: false })
    }

    /// The folder of the project; paths in answers are relative to it.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Brings the index in line with the disk: what has changed is read again, nothing else.
    pub fn refresh(&mut self) {
        self.lift();
        if self.is_indexed {
            self.workspace.apply(vec![Change::Rescan]);
            return;
        }
        let open = vec![Change::Baselines(BaselineChoice::Nearest), Change::AddFolder(self.root.clone())];
        self.workspace.apply(open);
        self.index();
        self.is_indexed = true;
    }

    /// Reads and resolves all files on all cores, which single questions would do one by one. Findings wait until they are
    /// asked for.
    fn index(&mut self) {
        let Self { workspace, workers, .. } = self;
        workers.run(|| {
            let Ok(mut index) = Index::plan(&workspace.snapshot()) else { return };
            while let Some(step) = index.next_step() {
                if !matches!(step, Step::Findings(..))
                    && let Err(failure) = step.run(&workspace.snapshot())
                {
                    tracing::error!("indexing: {failure}");
                }
                index.advance();
                workspace.evict();
            }
            workspace.store().save();
        });
    }

    /// Lays files over the disk.
    pub(crate) fn lay(&mut self, files: &[Laid]) {
        for (path, text) in files {
            self.overlay.lay(path.clone(), text.clone().map(String::into_bytes));
        }
        self.workspace.apply(vec![Change::Disk(files.iter().map(|(path, _)| path.clone()).collect())]);
    }

    /// Takes away all that was laid.
    pub(crate) fn lift(&mut self) {
        let paths = self.overlay.clear();
        if !paths.is_empty() {
            self.workspace.apply(vec![Change::Disk(paths)]);
        }
    }

    /// Looks at the project as it is now, with what is laid over it. Files that were laid are read as any others.
    pub(crate) fn look<T: Send>(&self, work: impl FnOnce(&Snapshot) -> T + Send) -> Result<T, Refused> {
        let snapshot = self.workspace.snapshot();
        self.workers.run(move || snapshot.catch(work)).map_err(Refused::from)
    }

    /// As [`Session::look`], with `files` laid over the disk meanwhile, upon what is laid already.
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

    /// The text on disk; nothing where no file is, or no text.
    pub(crate) fn text(&self, path: &Utf8Path) -> Option<String> {
        let bytes = self.overlay.read(path).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Whether something lies at a path.
    pub(crate) fn exists(&self, path: &Utf8Path) -> bool {
        self.overlay.metadata(path).is_ok()
    }

    /// A path that a caller gave, absolute; relative ones are from the root.
    ///
    /// # Errors
    /// A path outside of the project.
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

/// The one project of a session.
///
/// # Errors
/// A folder without Python code.
pub(crate) fn project(snapshot: &Snapshot) -> Result<Project, Refused> {
    let found = snapshot.projects().first().copied();
    found.ok_or_else(|| Refused::new("no project is open"))
}
