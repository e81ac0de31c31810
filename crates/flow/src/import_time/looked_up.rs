//! Project modules that a library imports because the settings name them, and everything that those modules load.
//!
//! Django REST framework imports the permission classes from the settings while it defines `APIView`. These modules
//! must not need `rest_framework.views`, neither directly nor through another project module, because it would still be
//! partially initialized.

use libraries::When;
use model::{ModuleId, Modules, Project};
use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Step, Table, settings};
use crate::Db;

/// What libraries look up in the settings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LookedUp {
    /// For each module that is loaded by a lookup, the lookups that load it.
    by_module: FxHashMap<ModuleId, Vec<Lookup>>,
    /// The modules named by settings that are loaded before models can be.
    before_models: Vec<ModuleId>,
    /// The top-level packages of the libraries that are Django apps.
    apps: FxHashSet<Name>,
}

/// A module that a library looks up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The settings module that names it.
    pub settings: ModuleId,
    /// The named module.
    pub named: ModuleId,
    /// The library modules that look it up while they are loaded; `None` if the library isn't known.
    pub by: Option<&'static [&'static str]>,
}

/// Why a library would be only partially loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfLoaded {
    /// The lookup.
    pub lookup: Lookup,
    /// The library name that would be imported.
    pub name: Name,
    /// Whether that library is known to look the module up; otherwise it only may.
    pub is_sure: bool,
}

impl LookedUp {
    /// Reads the settings of a project.
    pub(crate) fn of(db: &dyn Db, project: Project) -> Self {
        let modules = model::query::modules(db, project);
        let with_settings: Vec<ModuleId> = modules
            .iter()
            .filter(|(id, info)| info.has_edges() && settings::has_settings(db, &modules, *id))
            .map(|(id, _)| id)
            .collect();
        let mut all = Self::default();
        if with_settings.is_empty() {
            return all;
        }
        let table = crate::query::import_table(db, project);
        for settings in with_settings {
            for named in crate::query::named_in_settings(db, project, settings).iter() {
                let when = libraries::looked_up(&named.setting, &named.keys);
                match module_of(&modules, settings, &named.dotted) {
                    Some(module) => all.add(&modules, &table, (settings, module), when),
                    None if named.setting.ends_with("APPS") => {
                        all.apps.insert(first(&named.dotted).into());
                    }
                    None => {}
                }
            }
        }
        all
    }

    fn add(
        &mut self,
        modules: &Modules,
        table: &Table,
        (settings, named): (ModuleId, ModuleId),
        when: Option<When>,
    ) {
        let by = match when {
            Some(When::Later) => return,
            Some(When::BeforeModels) => {
                self.before_models.push(named);
                return;
            }
            Some(When::WhileLoading(by)) => Some(by),
            None => None,
        };
        let lookup = Lookup { settings, named, by };
        for module in loaded_with(modules, table, named) {
            let lookups = self.by_module.entry(module).or_default();
            if !lookups.contains(&lookup) {
                lookups.push(lookup.clone());
            }
        }
    }

    /// The modules named by settings that are loaded before models can be.
    pub fn before_models(&self) -> &[ModuleId] {
        &self.before_models
    }

    /// Whether an imported name may depend on Django's libraries: an app, another web library, or an unknown library.
    /// Django itself is always loaded.
    fn may_use_django(&self, name: &Name) -> bool {
        self.apps.contains(first(name)) || libraries::may_use_django(name)
    }

    /// Whether a library would be only partially loaded if `importer` loaded `starts` and `outside` first. That happens
    /// if the library, while it is loaded itself, looks up `importer` or a module that loads it.
    pub fn half_loaded(
        &self,
        modules: &Modules,
        table: &Table,
        importer: ModuleId,
        starts: &[ModuleId],
        outside: &[Name],
    ) -> Option<HalfLoaded> {
        let lookups = self.by_module.get(&importer)?;
        let new = names_of(table, &table.reached(modules, importer, starts).order);
        let new: Vec<Name> = new.into_iter().chain(outside.iter().cloned()).collect();
        lookups.iter().find_map(|lookup| {
            let old = names_of(table, &loaded_with(modules, table, lookup.named));
            let half =
                |name: &Name, is_sure| HalfLoaded { lookup: lookup.clone(), name: name.clone(), is_sure };
            let is_there = |test: &dyn Fn(&Name) -> bool| old.iter().any(test);
            if let Some(by) = lookup.by {
                let looks_up = |name: &Name| by.iter().any(|module| libraries::is_of(name, module));
                // The named module already loads the library, so it is loaded first.
                if is_there(&looks_up) {
                    return None;
                }
                if let Some(name) = new.iter().find(|name| looks_up(name)) {
                    return Some(half(name, true));
                }
            }
            // Another library may load the one that does the lookup. A library without Django settings is not a Django
            // app.
            let may = |name: &Name| match lookup.by {
                Some(by) => {
                    let own = by.first().map_or("", |module| first(module));
                    first(name) != own && self.may_use_django(name)
                }
                None => self.apps.contains(first(name)),
            };
            let is_new = |name: &&Name| !is_there(&|old| first(old) == first(name)) && may(name);
            new.iter().find(is_new).map(|name| half(name, false))
        })
    }
}

/// A module, its parent packages, and everything that they can load.
fn loaded_with(modules: &Modules, table: &Table, module: ModuleId) -> Vec<ModuleId> {
    let starts: Vec<ModuleId> = modules.packages_around(module).into_iter().rev().chain([module]).collect();
    table.reached(modules, module, &starts).order
}

/// The project module that a dotted name is or is defined in.
fn module_of(modules: &Modules, settings: ModuleId, dotted: &str) -> Option<ModuleId> {
    let root = modules[settings].root;
    let prefixes =
        std::iter::successors(Some(dotted), |name| name.rsplit_once('.').map(|(before, _)| before));
    prefixes.into_iter().find_map(|name| modules.by_name(name, root))
}

/// The names that modules import from outside the project.
fn names_of(table: &Table, of: &[ModuleId]) -> Vec<Name> {
    let steps = of.iter().flat_map(|module| table.steps(*module).unwrap_or_default());
    let outside = steps.filter_map(|step| match step {
        Step::Outside { name, .. } => Some(name.clone()),
        _ => None,
    });
    outside.collect()
}

fn first(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}
