//! The declared module around a dotted name: modules are found by their paths, globs by their matches.

// Query keys are passed by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use config::{ContractKind, TACH_ROOT, Tach, TachModule};
use model::{Modules, Project};
use python::Name;
use rustc_hash::FxHashMap;
use view::Db;

use super::super::prefixes;

/// The declared modules that exist.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Declared {
    /// The index of the declaration, by path.
    by_path: FxHashMap<Name, usize>,
    /// The declaration of code outside all modules, if any.
    root: Option<usize>,
}

/// The declared module around a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nearest<'t, 'n> {
    /// Its path.
    pub(super) path: &'n str,
    /// Its declaration; `None` for undeclared code outside all modules.
    pub(super) module: Option<&'t TachModule>,
}

impl Nearest<'_, '_> {
    /// Whether this is the code outside all modules.
    pub(super) fn is_root(&self) -> bool {
        self.path == TACH_ROOT
    }
}

impl Declared {
    /// The declared module around the dotted name `name`.
    pub(super) fn nearest<'t, 'n>(&self, tach: &'t Tach, name: &'n str) -> Nearest<'t, 'n> {
        let around = prefixes(name).filter_map(|path| Some((path, *self.by_path.get(path)?)));
        match around.last() {
            Some((path, index)) => Nearest { path, module: tach.modules.get(index) },
            None => Nearest { path: TACH_ROOT, module: self.root.and_then(|index| tach.modules.get(index)) },
        }
    }

    /// Whether the declaration with this index declares any module.
    pub(in super::super) fn declares_any(&self, index: usize) -> bool {
        self.root == Some(index) || self.by_path.values().any(|found| *found == index)
    }
}

/// The modules that tach's configuration of `folder` declares.
#[salsa::tracked(returns(clone))]
pub(in super::super) fn declared(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<Declared> {
    let configs = project.configs(db);
    let config = configs.list.iter().find(|config| config.folder == folder);
    let contracts = config.map_or(&[][..], |config| &config.contracts);
    let tach = contracts.iter().find_map(|contract| match &contract.kind {
        ContractKind::Tach(tach) => Some(tach),
        _ => None,
    });
    let Some(tach) = tach else { return Arc::default() };
    let modules = model::query::modules(db, project);
    let mut declared = Declared::default();
    for (index, module) in tach.modules.iter().enumerate() {
        if module.path == TACH_ROOT {
            declared.root = Some(index);
        } else if module.glob.is_some() {
            for name in modules.by_name.keys().filter(|name| module.matches(name)) {
                let own = declared.by_path.entry(name.clone()).or_insert(index);
                // A path takes precedence over a glob, and the last of two globs over the first.
                if tach.modules[*own].glob.is_some() {
                    *own = index;
                }
            }
        } else if exists(&modules, &module.path) {
            declared.by_path.insert(module.path.clone(), index);
        }
    }
    declared.into()
}

fn exists(modules: &Modules, path: &str) -> bool {
    modules.by_name.contains_key(path) || modules.namespaces.contains_key(path)
}
