//! The folders of a project as Python sees them: which are packages, and their contents. Derived from paths alone.

use camino::{Utf8Path, Utf8PathBuf};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

/// One folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Whether it has an `__init__`: a regular package.
    pub(crate) is_package: bool,
    /// Stems of the source files in it, excluding `__init__`.
    pub(crate) modules: FxHashSet<Name>,
    /// Names of the subfolders that contain source files at any depth.
    pub(crate) folders: FxHashSet<Name>,
}

impl Folder {
    fn has(&self, name: &str) -> bool {
        self.modules.contains(name) || self.folders.contains(name)
    }
}

/// The folders of a project that contain source files at any depth, by path relative to the project root.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    folders: FxHashMap<Utf8PathBuf, Folder>,
    holders: FxHashMap<Name, Vec<Utf8PathBuf>>,
}

/// The result of following a dotted name below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The folder, or the source file without its extension.
    pub(crate) path: Utf8PathBuf,
    /// Whether it is a folder without `__init__`.
    pub(crate) is_namespace: bool,
}

impl Layout {
    /// The layout of these source files, by path relative to the project root.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a Utf8Path>) -> Self {
        let mut layout = Self::default();
        layout.folders.entry(Utf8PathBuf::new()).or_default();
        for path in paths {
            let (Some(parent), Some(stem)) = (path.parent(), path.file_stem()) else { continue };
            layout.add_folder(parent);
            let folder = layout.folders.entry(parent.to_owned()).or_default();
            if stem == "__init__" {
                folder.is_package = true;
            } else {
                folder.modules.insert(stem.into());
            }
        }
        layout.index();
        layout
    }

    /// Adds a folder with its parents. A known folder is already linked up to the top.
    fn add_folder(&mut self, path: &Utf8Path) {
        if self.folders.contains_key(path) {
            return;
        }
        self.folders.insert(path.to_owned(), Folder::default());
        let mut child = path;
        while let (Some(parent), Some(name)) = (child.parent(), child.file_name()) {
            let known = self.folders.contains_key(parent);
            self.folders.entry(parent.to_owned()).or_default().folders.insert(name.into());
            if known {
                break;
            }
            child = parent;
        }
    }

    fn index(&mut self) {
        for (path, folder) in &self.folders {
            for name in folder.modules.iter().chain(&folder.folders) {
                self.holders.entry(name.clone()).or_default().push(path.clone());
            }
        }
        for holders in self.holders.values_mut() {
            holders.sort();
            holders.dedup();
        }
    }

    /// The folder at `path`.
    pub(crate) fn folder(&self, path: &Utf8Path) -> Option<&Folder> {
        self.folders.get(path)
    }

    /// Whether the folder at `path` has an `__init__`.
    pub(crate) fn is_package(&self, path: &Utf8Path) -> bool {
        self.folder(path).is_some_and(|folder| folder.is_package)
    }

    /// Whether the folder at `path` or one of its parents is a regular package.
    pub(crate) fn in_package(&self, path: &Utf8Path) -> bool {
        path.ancestors().any(|folder| self.is_package(folder))
    }

    /// All folders, sorted, so that each follows its parent.
    pub(crate) fn sorted(&self) -> Vec<&Utf8Path> {
        let mut paths: Vec<&Utf8Path> = self.folders.keys().map(Utf8PathBuf::as_path).collect();
        paths.sort();
        paths
    }

    /// The folders that directly contain a module or package called `name`, sorted.
    pub(crate) fn holders(&self, name: &str) -> &[Utf8PathBuf] {
        self.holders.get(name).map_or(&[], Vec::as_slice)
    }

    /// Follows a dotted name downwards from `folder`.
    pub(crate) fn find(&self, folder: &Utf8Path, dotted: &str) -> Option<Found> {
        let mut path = folder.to_owned();
        let mut is_module = false;
        for segment in dotted.split('.') {
            if is_module || !self.folders.get(&path)?.has(segment) {
                return None;
            }
            path.push(segment);
            is_module = !self.folders.contains_key(&path);
        }
        let is_namespace = !is_module && !self.is_package(&path);
        Some(Found { path, is_namespace })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn layout(paths: &[&str]) -> Layout {
        Layout::new(paths.iter().map(|path| Utf8Path::new(*path)))
    }

    #[test]
    fn folders_are_linked_up_to_the_top() {
        let layout = layout(&["a/b/c/d.py", "a/x.py", "a/b/__init__.py"]);
        assert_eq!(layout.sorted(), ["", "a", "a/b", "a/b/c"].map(Utf8Path::new));
        assert!(layout.folder(Utf8Path::new("")).unwrap().folders.contains("a"));
        assert!(layout.is_package(Utf8Path::new("a/b")));
        assert!(layout.in_package(Utf8Path::new("a/b/c")));
        assert!(!layout.in_package(Utf8Path::new("a")));
    }

    #[test]
    fn names_lead_to_modules_packages_and_namespaces() {
        let layout = layout(&["a/b/c/d.py", "a/x.py", "a/b/__init__.py"]);
        let find =
            |dotted| layout.find(Utf8Path::new(""), dotted).map(|found| (found.path, found.is_namespace));
        assert_eq!(find("a.b"), Some(("a/b".into(), false)));
        assert_eq!(find("a.b.c"), Some(("a/b/c".into(), true)));
        assert_eq!(find("a.b.c.d"), Some(("a/b/c/d".into(), false)));
        assert_eq!(find("a.b.c.d.e"), None);
        assert_eq!(find("a.y"), None);
    }
}
