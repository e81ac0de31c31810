//! Which modules there are, and how files and dotted names relate.

use camino::Utf8PathBuf;
use python::Name;
use rustc_hash::FxHashMap;
use source::File;

use crate::{Root, RootId};

/// Index of a module in its project; ordered as the paths are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

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

/// All modules of a project.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Modules {
    /// By [`ModuleId`].
    pub list: Vec<ModuleInfo>,
    /// By [`RootId`].
    pub roots: Vec<Root>,
    /// By name, then by root: one name may live in several roots.
    pub by_name: FxHashMap<Name, Vec<ModuleId>>,
    /// By file.
    pub by_file: FxHashMap<File, ModuleId>,
    /// PEP 420 packages: folders without `__init__` that hold modules, by name.
    pub namespaces: FxHashMap<Name, Vec<RootId>>,
}

impl std::ops::Index<ModuleId> for Modules {
    type Output = ModuleInfo;

    fn index(&self, id: ModuleId) -> &ModuleInfo {
        &self.list[id.0 as usize]
    }
}

impl Modules {
    /// The modules with their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ModuleId, &ModuleInfo)> {
        self.list.iter().enumerate().map(|(index, info)| (ModuleId(index as u32), info))
    }

    /// The module of a file.
    pub fn of_file(&self, file: File) -> Option<ModuleId> {
        self.by_file.get(&file).copied()
    }

    /// The module called `name` as seen from `root`: its own root before the others.
    pub fn by_name(&self, name: &str, root: RootId) -> Option<ModuleId> {
        let candidates = self.by_name.get(name)?;
        candidates.iter().copied().find(|id| self[*id].root == root).or_else(|| candidates.first().copied())
    }
}
