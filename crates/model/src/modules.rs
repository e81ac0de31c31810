//! The modules of a project, and how files and dotted names relate.
//!
//! A file is one module and has one name, relative to its nearest root. If roots are nested, the longer names relative
//! to the outer roots are found too, because projects mix both (`src.shop.db` beside `shop.db`).

mod build;
mod by_module;
mod rank;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use camino::Utf8PathBuf;
use python::Name;
use rustc_hash::FxHashMap;
use source::File;

use crate::{Root, RootId};
pub(crate) use build::{Ground, build, sample, survey};
pub use by_module::ByModule;
pub(crate) use rank::ids;

/// A module of a project: a number that a file keeps while other files are added or removed. Ids are ordered like
/// paths; otherwise the number has no meaning, and it is no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub(crate) u32);

/// What a path reveals about a file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathRole {
    /// Project code.
    Code,
    /// Tests and their fixtures.
    Tests,
    /// Schema migrations.
    Migrations,
    /// Generated, or a script outside of any package (docs, examples, tools): indexed, but not checked.
    Aside,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleInfo {
    /// Dotted name relative to its root: `shop.domain.order`; a package has the name of its folder.
    pub name: Name,
    /// Its file.
    pub file: File,
    /// Path relative to the project's root.
    pub path: Utf8PathBuf,
    /// The root that its name is relative to.
    pub root: RootId,
    /// Whether it is an `__init__`.
    pub is_package: bool,
    /// The role implied by its path.
    pub role: PathRole,
}

impl ModuleInfo {
    /// Whether its imports are edges of the project's graph. This applies to code, and to the `migrations.py` of a
    /// package, which is part of the program rather than a script of a migration tool.
    pub fn has_edges(&self) -> bool {
        match self.role {
            PathRole::Code => true,
            PathRole::Migrations => self.path.file_stem() == Some("migrations"),
            PathRole::Tests | PathRole::Aside => false,
        }
    }
}

/// All modules of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Sorted by path.
    pub list: Vec<ModuleInfo>,
    /// The id of each module, in the same order: sorted.
    pub ids: Arc<[ModuleId]>,
    /// The roots, by [`RootId`].
    pub roots: Vec<Root>,
    /// By name, then by root: one name may exist in several roots. Names relative to outer roots come last.
    pub by_name: FxHashMap<Name, Vec<(RootId, ModuleId)>>,
    /// By file.
    pub by_file: FxHashMap<File, ModuleId>,
    /// PEP 420 packages: folders without `__init__` that contain modules, by name.
    pub namespaces: Arc<FxHashMap<Name, Vec<RootId>>>,
}

impl std::ops::Index<ModuleId> for Modules {
    type Output = ModuleInfo;

    fn index(&self, id: ModuleId) -> &ModuleInfo {
        self.get(id).expect("a module of the project")
    }
}

impl Modules {
    /// The modules with their ids, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ModuleId, &ModuleInfo)> {
        self.ids.iter().copied().zip(&self.list)
    }

    /// A module; `None` if its file no longer exists.
    pub fn get(&self, id: ModuleId) -> Option<&ModuleInfo> {
        self.list.get(self.ids.binary_search(&id).ok()?)
    }

    /// Maps each module to a value.
    pub fn map<'a, T>(&'a self, mut value: impl FnMut(ModuleId, &'a ModuleInfo) -> T) -> ByModule<T> {
        ByModule::new(Arc::clone(&self.ids), self.iter().map(|(id, info)| value(id, info)))
    }

    /// The module of a file.
    pub fn of_file(&self, file: File) -> Option<ModuleId> {
        self.by_file.get(&file).copied()
    }

    /// The module called `name` as seen from `root`: its own root takes precedence, then the nearest of the others.
    ///
    /// A root that contains a regular package with the first segment shadows all others, as on Python's path: the `app`
    /// of one service never replaces the `app` of another.
    pub fn by_name(&self, name: &str, root: RootId) -> Option<ModuleId> {
        self.seen(name, root).map(|(_, id)| id)
    }

    /// Like `by_name`, together with the root that the name is relative to.
    pub fn seen(&self, name: &str, root: RootId) -> Option<(RootId, ModuleId)> {
        let candidates = self.by_name.get(name)?;
        if let Some(own) = candidates.iter().find(|(from, _)| *from == root) {
            return Some(*own);
        }
        if self.owns(name.split('.').next().unwrap_or_default(), root) {
            return None;
        }
        let rank = |(from, id): &&(RootId, ModuleId)| {
            (self.nearness(*from, root), self[*id].root == *from, std::cmp::Reverse(*id))
        };
        candidates.iter().max_by_key(rank).copied()
    }

    /// Whether the project has a module or a folder of modules with this name.
    pub fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.namespaces.contains_key(name)
    }

    /// The regular packages that enclose a module, innermost first. Importing the module executes them first.
    pub fn packages_around(&self, id: ModuleId) -> Vec<ModuleId> {
        let module = &self[id];
        let mut packages = Vec::new();
        let mut name = module.name.as_str();
        while let Some((package, _)) = name.rsplit_once('.') {
            packages.extend(self.by_name(package, module.root).filter(|package| self[*package].is_package));
            name = package;
        }
        packages
    }

    /// Whether `root` directly contains a module or regular package called `segment`.
    pub fn owns(&self, segment: &str, root: RootId) -> bool {
        self.by_name.get(segment).is_some_and(|ids| ids.iter().any(|(from, _)| *from == root))
    }

    /// Whether a module or regular package of the project is called `name`, relative to any root.
    pub fn is_first_party(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether there is a folder without `__init__` called `name`.
    pub fn is_namespace(&self, name: &str) -> bool {
        self.namespaces.contains_key(name)
    }

    /// The number of leading folders that two roots share.
    fn nearness(&self, left: RootId, right: RootId) -> usize {
        let path = |id: RootId| self.roots.get(id.0 as usize).map(|root| root.path.components());
        let (Some(left), Some(right)) = (path(left), path(right)) else { return 0 };
        left.zip(right).take_while(|(left, right)| left == right).count()
    }
}
