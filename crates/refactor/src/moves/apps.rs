//! Django apps: packages with models, a configuration or migrations.

use model::{Modules, RootId};

/// Modules that make a package an app.
const MARKS: [&str; 3] = ["models", "apps", "migrations"];

/// Whether the package `name` is an app, judging by its modules.
pub(super) fn is_app(modules: &Modules, root: RootId, name: &str) -> bool {
    MARKS.iter().any(|mark| {
        let module = format!("{name}.{mark}");
        modules.by_name(&module, root).is_some() || modules.is_namespace(&module)
    })
}

/// The innermost app around the module `name`; empty if there is none.
pub(super) fn app_of<'n>(modules: &Modules, root: RootId, name: &'n str) -> &'n str {
    let mut package = name;
    while let Some((outer, _)) = package.rsplit_once('.') {
        if is_app(modules, root, outer) {
            return outer;
        }
        package = outer;
    }
    ""
}
