//! Source roots: the folders that absolute imports start from. They are inferred rather than configured.
//!
//! Paths alone leave two readings open (a `src` that is a package in some projects, a package that is run from inside),
//! so the imports of a sample of files are scored: `from core.db import x` is evidence for the folder that contains
//! `core/db.py`. Without such evidence, the folder structure decides. A sample is used because the modules of a project
//! must be known before all of its files are read, and because scoring counts what is imported rather than where, edits
//! rarely change the result.

mod scan;
mod vote;

use camino::{Utf8Path, Utf8PathBuf};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::layout::Layout;
pub(crate) use scan::scan;
pub use vote::Probe;
pub(crate) use vote::{Votes, count};

/// The index of a [`Root`] in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RootId(pub u32);

/// A folder that absolute imports start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Relative to the project root; empty for the project root itself.
    pub path: Utf8PathBuf,
    /// The prefix of the names below it: the name of the opened folder, if that is itself a package.
    pub prefix: Name,
}

impl Root {
    /// The name of the source file at `path` (relative to the project root) relative to this root; a package has the
    /// name of its folder. `None` if it isn't below this root.
    pub fn name_of(&self, path: &Utf8Path) -> Option<Name> {
        let stem = path.file_stem().filter(|stem| *stem != "__init__");
        let folder = path.parent()?;
        let below = folder.strip_prefix(&self.path).ok()?;
        self.name(below, stem)
    }

    /// The name of the folder at `path` (relative to the project root) relative to this root.
    pub fn name_of_folder(&self, path: &Utf8Path) -> Option<Name> {
        self.name(path.strip_prefix(&self.path).ok()?, None)
    }

    /// Where the source file called `name` would be, without its extension; relative to the project root.
    pub fn place_of(&self, name: &str) -> Option<Utf8PathBuf> {
        let below = match self.prefix.as_str() {
            "" => name,
            prefix => name.strip_prefix(prefix)?.strip_prefix('.')?,
        };
        Some(below.split('.').fold(self.path.clone(), |path, segment| path.join(segment)))
    }

    fn name(&self, below: &Utf8Path, stem: Option<&str>) -> Option<Name> {
        let segments = below.components().map(|component| component.as_str()).chain(stem);
        let prefix = (!self.prefix.is_empty()).then_some(self.prefix.as_str());
        let name = prefix.into_iter().chain(segments).collect::<Vec<_>>().join(".");
        (!name.is_empty()).then(|| name.into())
    }
}

/// What is known about roots in addition to the layout. Paths are relative to the project root.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// The name of the project folder.
    pub(crate) project: Name,
    /// Folders with a `pyproject.toml`, `setup.py` or `setup.cfg`.
    pub(crate) distributions: FxHashSet<Utf8PathBuf>,
    /// The roots declared by each folder's configuration; empty if they are to be inferred.
    pub(crate) declared: FxHashMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
    /// Folders that contain code at any depth, other than tests or files aside.
    pub(crate) code: FxHashSet<Utf8PathBuf>,
}

impl Hints {
    /// The roots declared by the nearest configuration above `path`, if it declares any.
    fn declared_for(&self, path: &Utf8Path) -> Option<&[Utf8PathBuf]> {
        let declared = path.ancestors().find_map(|folder| self.declared.get(folder))?;
        (!declared.is_empty()).then_some(declared.as_slice())
    }

    /// Whether a distribution starts at `path`. A module of a package may also be called `setup.py`.
    pub(crate) fn is_distribution(&self, path: &Utf8Path, layout: &Layout) -> bool {
        self.distributions.contains(path) && !layout.in_package(path)
    }
}

/// The roots of a project, sorted by path; the project folder is always the first.
pub(crate) fn find(layout: &Layout, hints: &Hints, votes: &Votes) -> Vec<Root> {
    let mut roots = vec![Root { path: Utf8PathBuf::new(), prefix: prefix(layout, hints, votes) }];
    for path in layout.sorted().into_iter().skip(1) {
        let is_root = match hints.declared_for(path) {
            Some(declared) => declared.iter().any(|root| root == path),
            None => is_root(path, layout, hints, votes),
        };
        if is_root {
            roots.push(Root { path: path.to_owned(), prefix: Name::default() });
        }
    }
    roots
}

fn is_root(path: &Utf8Path, layout: &Layout, hints: &Hints, votes: &Votes) -> bool {
    let inside = votes.inside(path);
    let outside = votes.outside(path);
    if layout.in_package(path) {
        // A package that is run from inside. A single import may be a coincidence (`redis.py` next to `import redis`).
        return inside.is_convincing() && inside.total > 2 * outside;
    }
    if inside.total == outside { looks_like_root(path, layout, hints) } else { inside.total > outside }
}

/// Whether a folder is structured like a root: a distribution, `src`, a Django project, or the parent of an outermost
/// package.
fn looks_like_root(path: &Utf8Path, layout: &Layout, hints: &Hints) -> bool {
    let Some(folder) = layout.folder(path) else { return false };
    if !hints.code.contains(path) {
        return false;
    }
    hints.is_distribution(path, layout)
        || path.file_name() == Some("src")
        || folder.modules.contains("manage")
        || (path.file_name() != Some("app")
            && folder.folders.iter().any(|child| {
                let child = path.join(child.as_str());
                layout.is_package(&child) && hints.code.contains(&child)
            }))
}

/// The name of the opened folder, if that folder is itself a package.
fn prefix(layout: &Layout, hints: &Hints, votes: &Votes) -> Name {
    let top = Utf8Path::new("");
    let (inside, above) = (votes.inside(top).total, votes.above());
    let is_package = layout.is_package(top) && !hints.distributions.contains(top);
    let is_prefixed = above > inside || (above == inside && is_package);
    if is_prefixed { hints.project.clone() } else { Name::default() }
}

#[cfg(test)]
mod tests;
