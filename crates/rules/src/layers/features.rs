//! Features side by side in a folder that holds nothing else: `shop.features.orders` and `shop.features.bills`.

use model::{Layers, ModuleId, Modules, PathRole};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::words;

/// The packages that are features, by dotted name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Features {
    packages: FxHashSet<Name>,
}

impl Features {
    /// Finds them: packages in a folder below the root that has no code of its own, with a file of the same name as in a
    /// package beside them, and none of them a folder of a layer.
    pub(crate) fn of(modules: &Modules, layers: &Layers, is_hollow: &dyn Fn(ModuleId) -> bool) -> Self {
        let mut with_code: FxHashSet<&str> = FxHashSet::default();
        let mut files: FxHashMap<(&str, &str), Vec<&str>> = FxHashMap::default();
        for (id, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
            if info.is_package {
                if !is_hollow(id) {
                    with_code.insert(&info.name);
                }
                continue;
            }
            let Some((package, file)) = info.name.rsplit_once('.') else { continue };
            with_code.insert(package);
            let Some((container, name)) = package.rsplit_once('.') else { continue };
            let is_of_layer = layers
                .verdict(id)
                .is_some_and(|verdict| verdict.evidence.iter().any(|it| it.folder() == Some(name)));
            if container.contains('.') && !is_of_layer && !words::is_private(file) {
                files.entry((container, file)).or_default().push(package);
            }
        }
        let alike = files
            .into_iter()
            .filter(|((container, _), packages)| packages.len() > 1 && !with_code.contains(container));
        Self { packages: alike.flat_map(|(_, packages)| packages).map(Name::from).collect() }
    }

    /// Whether a module and a package lie in two features side by side.
    pub(crate) fn are_different(&self, module: &str, package: &str) -> bool {
        let (Some(of), Some(other)) = (self.around(module), self.around(package)) else { return false };
        of != other && of.rsplit_once('.').map(|it| it.0) == other.rsplit_once('.').map(|it| it.0)
    }

    /// The outermost feature around a module or package.
    fn around<'n>(&self, name: &'n str) -> Option<&'n str> {
        let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
        ends.map(|end| &name[..end]).find(|package| self.packages.contains(*package))
    }
}
