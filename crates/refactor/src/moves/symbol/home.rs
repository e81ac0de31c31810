//! The target module.

use camino::Utf8PathBuf;
use model::ModuleId;
use python::Name;
use view::Context;

use crate::Abilities;
use crate::moves::after::{Own, is_dotted_identifier};
use crate::moves::{Refusal, packages};

/// The target module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    /// Its name.
    pub(super) own: Own,
    /// The module, if it exists.
    pub(super) id: Option<ModuleId>,
    /// Files to be created for it, its own first; absolute.
    pub(super) create: Vec<Utf8PathBuf>,
}

impl Home {
    pub(super) fn of(cx: &Context<'_>, target: &str, abilities: Abilities) -> Result<Self, Refusal> {
        let modules = &cx.architecture.modules;
        if !is_dotted_identifier(target) {
            return Err(Refusal::new(format!("`{target}` is no dotted name of a module")));
        }
        if let Some(id) = modules.by_name(target, cx.info().root) {
            let info = &modules[id];
            if id == cx.id {
                return Err(Refusal::new(format!("it is in {target} already")));
            }
            if info.path.extension() != Some("py") {
                return Err(Refusal::new(format!("{} is no source", info.path)));
            }
            return Ok(Self { own: Own::of(info), id: Some(id), create: Vec::new() });
        }
        if modules.is_namespace(target) {
            return Err(Refusal::new(format!("{target} is a folder: name a module in it")));
        }
        if let Some(refusal) = packages::name_is_taken(cx.db, modules, cx.info().root, target, &|_| true) {
            return Err(refusal);
        }
        let place = modules.roots.get(cx.info().root.0 as usize).and_then(|root| root.place_of(target));
        let Some(place) = place else {
            return Err(Refusal::new(format!("{target} would lie outside of the project")));
        };
        if !abilities.create_files {
            return Err(Refusal::new(format!("{target} is not there, and the editor can't create files")));
        }
        let root = cx.project.root(cx.db);
        let mut create = vec![root.join(place.with_extension("py"))];
        let packages = packages::missing(modules, cx.info().root, &place);
        create.extend(packages.into_iter().map(|path| root.join(path)));
        Ok(Self { own: Own { name: target.into(), is_package: false }, id: None, create })
    }

    pub(super) fn name(&self) -> &Name {
        &self.own.name
    }
}
