//! What replaces names of modules, as queries.

use std::sync::Arc;

use python::Name;
use rustc_hash::FxHashSet;
use source::File;

use super::{Db, modules, resolved};
use crate::references::Replaced;
use crate::{ModuleId, Project};

/// Without one of these words a file replaces nothing, unless it assigns to an attribute of a module.
const WORDS: [&str; 5] = ["patch", "setattr", "delattr", "spy", "stub"];

/// The names of modules that a file replaces. Parses the file.
#[salsa::tracked(returns(clone))]
pub fn replaced(db: &dyn Db, project: Project, file: File) -> Arc<[Replaced]> {
    let modules = modules(db, project);
    let Some(own) = modules.of_file(file) else { return Arc::default() };
    let resolved = resolved(db, project, file);
    let module = python::query::module(db, file);
    crate::references::replaced(&modules, modules[own].root, &resolved, &module).into()
}

/// All that files of the project replace by `patch`, `setattr` and the like, tests included. Parses those that do.
#[salsa::tracked(returns(clone))]
pub fn patched(db: &dyn Db, project: Project) -> Arc<FxHashSet<(ModuleId, Option<Name>)>> {
    let mut all = FxHashSet::default();
    for (_, info) in modules(db, project).iter() {
        let speaks = |file| {
            let text = source::query::text(db, file);
            WORDS.iter().any(|word| text.as_str().contains(word))
        };
        if speaks(info.file) {
            let found = replaced(db, project, info.file);
            all.extend(found.iter().map(|it| (it.module, it.name.clone())));
        }
    }
    Arc::new(all)
}

/// Whether a file of the project, a test as a rule, replaces `name` in `module`. Whoever asks sees a change of this answer
/// alone.
#[salsa::tracked(returns(clone))]
pub fn is_patched(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> bool {
    let all = patched(db, project);
    all.contains(&(module, None)) || all.contains(&(module, Some(name)))
}
