//! The project as it was at a revision of git, in memory: nothing is written anywhere.

use std::sync::Arc;

use cache::Store;
use camino::Utf8Path;
use source::MemoryFileSystem;
use workspace::{Change, Workers, Workspace};

/// The project of `root` at `revision`: Python, configuration, and the files whose names `is_wanted` selects. It is at the same
/// place, so that what is the same is called the same.
///
/// # Errors
/// If there is no git, the revision is unknown, or the analysis fails.
pub(crate) fn at(
    root: &Utf8Path,
    revision: &str,
    is_wanted: impl Fn(&str) -> bool,
    store: &Store,
) -> anyhow::Result<(Workspace, Arc<MemoryFileSystem>)> {
    let is_wanted = |path: &Utf8Path| {
        let name = path.file_name().unwrap_or_default();
        matches!(path.extension(), Some("py" | "pyi"))
            || matches!(name, ".gitignore" | ".ignore")
            || config::kind_of(path).is_some()
            || is_wanted(name)
    };
    let files = agents::git::files_at(root, revision, is_wanted)?;
    let fs = MemoryFileSystem::default();
    for (path, text) in files {
        fs.insert(root.join(path), text);
    }
    let fs = Arc::new(fs);
    let mut workspace = Workspace::new(fs.clone()).keeping(store.clone());
    workspace.apply(vec![Change::AddFolder(root.to_owned())]);
    let workers = Workers::new().map_err(anyhow::Error::msg)?;
    workers.run(|| workspace.index(|_| ())).map_err(|failure| anyhow::anyhow!("{revision}: {failure}"))?;
    Ok((workspace, fs))
}
