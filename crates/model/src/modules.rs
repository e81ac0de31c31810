//! Which modules there are, and how files and dotted names relate.
//!
//! A file is one module and has one name: the one from its nearest root. Where roots lie in each other, the longer
//! names from the outer roots are found too, since projects mix both (`src.shop.db` beside `shop.db`).

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

/// A module of a project: a number that its file keeps while other files come and go. Ordered as the paths are, which is
/// all that the number says: it is no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub(crate) u32);

/// What a path says about a file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathRole {
    /// Code of the project.
    Code,
    /// Tests and their fixtures.
    Tests,
    /// Schema migrations.
    Migrations,
    /// Generated, or a script that no package holds (docs, examples, tools): indexed, not judged.
    Aside,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleInfo {
    /// Dotted name from its root: `shop.domain.order`; a package has the name of its folder.
    pub name: Name,
    /// Its file.
    pub file: File,
    /// Path relative to the project's root.
    pub path: Utf8PathBuf,
    /// Where its name starts.
    pub root: RootId,
    /// Whether it is an `__init__`.
    pub is_package: bool,
    /// What its path says.
    pub role: PathRole,
}

impl ModuleInfo {
    /// Whether its imports are edges of the project's graph: code, and the `migrations.py` of a package, which is no
    /// script of a migration tool but part of the program.
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
    /// The id of each, in the same order: sorted.
    pub ids: Arc<[ModuleId]>,
    /// By [`RootId`].
    pub roots: Vec<Root>,
    /// By name, then by the root it starts from: one name may live in several roots. Names from outer roots come last.
    pub by_name: FxHashMap<Name, Vec<(RootId, ModuleId)>>,
    /// By file.
    pub by_file: FxHashMap<File, ModuleId>,
    /// PEP 420 packages: folders without `__init__` that hold modules, by name.
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

    /// A module; nothing where its file is gone.
    pub fn get(&self, id: ModuleId) -> Option<&ModuleInfo> {
        self.list.get(self.ids.binary_search(&id).ok()?)
    }

    /// A value for each module.
    pub fn map<'a, T>(&'a self, mut value: impl FnMut(ModuleId, &'a ModuleInfo) -> T) -> ByModule<T> {
        ByModule::new(Arc::clone(&self.ids), self.iter().map(|(id, info)| value(id, info)))
    }

    /// The module of a file.
    pub fn of_file(&self, file: File) -> Option<ModuleId> {
        self.by_file.get(&file).copied()
    }

    /// The module called `name` as seen from `root`: its own root before the others, and of the others the nearest.
    ///
    /// A root that holds a regular package of that first segment shadows all others, as on Python's path: the `app` of
    /// one service never stands in for the `app` of another.
    pub fn by_name(&self, name: &str, root: RootId) -> Option<ModuleId> {
        self.seen(name, root).map(|(_, id)| id)
    }

    /// The same with the root that the name starts from.
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

    /// Whether something in the project is called so: a module, or a folder of modules.
    pub fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.namespaces.contains_key(name)
    }

    /// The regular packages around a module, innermost first: importing it runs them before.
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

    /// Whether a module or regular package called `segment` lies directly in `root`.
    pub fn owns(&self, segment: &str, root: RootId) -> bool {
        self.by_name.get(segment).is_some_and(|ids| ids.iter().any(|(from, _)| *from == root))
    }

    /// Whether a module or regular package of the project is called `name`, as seen from any root.
    pub fn is_first_party(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether a folder without `__init__` is called `name`.
    pub fn is_namespace(&self, name: &str) -> bool {
        self.namespaces.contains_key(name)
    }

    /// How many leading folders two roots share.
    fn nearness(&self, left: RootId, right: RootId) -> usize {
        let path = |id: RootId| self.roots.get(id.0 as usize).map(|root| root.path.components());
        let (Some(left), Some(right)) = (path(left), path(right)) else { return 0 };
        left.zip(right).take_while(|(left, right)| left == right).count()
    }
}
