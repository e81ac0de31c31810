//! Regular packages (folders with an `__init__.py`) that a new module needs around it.

use camino::{Utf8Path, Utf8PathBuf};
use model::{Modules, RootId};

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
