//! Regular packages (folders with an `__init__.py`) that a new module needs around it.

use camino::{Utf8Path, Utf8PathBuf};
use model::{Modules, RootId};
use view::Db;

use super::Refusal;

/// The missing `__init__.py` files of the folders around `path` (both relative to the project's root), innermost first,
/// if the folder around them is a regular package or the source root.
pub(super) fn missing(modules: &Modules, root: RootId, path: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Some(root) = modules.roots.get(root.0 as usize).map(|root| &root.path) else { return Vec::new() };
    if !path.starts_with(root) {
        return Vec::new();
    }
    let exists = |folder: &Utf8Path| modules.iter().any(|(_, info)| info.path.starts_with(folder));
    let missing: Vec<&Utf8Path> =
        path.ancestors().skip(1).take_while(|folder| *folder != root && !exists(folder)).collect();
    let Some(around) = missing.last().and_then(|folder| folder.parent()) else { return Vec::new() };
    let init = around.join("__init__.py");
    let is_regular = around == root.as_path() || modules.iter().any(|(_, info)| info.path == init);
    if !is_regular {
        return Vec::new();
    }
    missing.into_iter().map(|folder| folder.join("__init__.py")).collect()
}

/// Why no new module or folder may get a dotted name: another one that `stays` has it already, or the package around it
/// means something else by it.
pub(super) fn name_is_taken(
    db: &dyn Db,
    modules: &Modules,
    root: RootId,
    name: &str,
    stays: &dyn Fn(&Utf8Path) -> bool,
) -> Option<Refusal> {
    let named = modules.by_name(name, root).map(|id| &modules[id].path);
    let folder = modules.roots.get(root.0 as usize)?.place_of(name);
    let inside = || {
        let folder = folder.filter(|_| modules.is_namespace(name))?;
        modules.iter().map(|(_, info)| &info.path).find(|path| path.starts_with(&folder))
    };
    if let Some(other) = named.or_else(inside).filter(|path| stays(path)) {
        return Some(Refusal::new(format!("`{name}` is there already: {other}")));
    }
    let (around, last) = name.rsplit_once('.')?;
    let package = modules.by_name(around, root).filter(|id| modules[*id].is_package)?;
    // Once it is imported, a module becomes an attribute of its package.
    let exports = model::query::exports(db, modules[package].file);
    let is_bound = exports.get(last).is_some() && stays(&modules[package].path);
    is_bound.then(|| Refusal::new(format!("{around} binds `{last}` already, which the module would replace")))
}
