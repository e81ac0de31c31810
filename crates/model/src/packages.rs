//! The coupling of packages: edges that leave and enter a package as a whole.

use std::collections::BTreeMap;

use python::Name;
use rustc_hash::FxHashSet;

use crate::coupling::binds;
use crate::{Coupling, Graph, ModuleId, Modules, PathRole};

/// The coupling of every package of the project's own code, sorted by name, with the number of its modules.
pub fn package_coupling(modules: &Modules, graph: &Graph) -> Vec<(Name, usize, Coupling)> {
    #[derive(Default)]
    struct Sides {
        modules: usize,
        afferent: FxHashSet<ModuleId>,
        efferent: FxHashSet<ModuleId>,
    }
    let mut packages: BTreeMap<&str, Sides> = BTreeMap::new();
    for (importer, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for package in enclosing(info.name.as_str(), info.is_package) {
            packages.entry(package).or_default().modules += 1;
        }
        for edge in graph.imports(importer).iter().filter(|edge| binds(**edge)) {
            let imported = &modules[edge.to];
            for package in enclosing(&info.name, info.is_package) {
                if !lies_in(&imported.name, package) {
                    packages.entry(package).or_default().efferent.insert(edge.to);
                }
            }
            for package in enclosing(&imported.name, imported.is_package) {
                if !lies_in(&info.name, package) {
                    packages.entry(package).or_default().afferent.insert(importer);
                }
            }
        }
    }
    packages
        .into_iter()
        .map(|(name, sides)| {
            let coupling =
                Coupling { afferent: sides.afferent.len() as u32, efferent: sides.efferent.len() as u32 };
            (Name::from(name), sides.modules, coupling)
        })
        .collect()
}

/// The enclosing packages of a module, including the module itself if it is a package.
fn enclosing(module: &str, is_package: bool) -> impl Iterator<Item = &str> {
    let own = is_package.then_some(module);
    own.into_iter().chain(module.match_indices('.').map(|(dot, _)| &module[..dot]))
}

fn lies_in(module: &str, package: &str) -> bool {
    module.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
