//! What Django loads before its app registry is ready: nothing imported then may define models.
//!
//! `django.setup()` reads the settings, configures logging, and imports each app's package and its `AppConfig`; only
//! then come the models of all apps, and after them the rest
//! (<https://docs.djangoproject.com/en/stable/ref/applications/>, "Initialization process").

use libraries::ClassRole;
use model::{ClassRef, ModuleId, PathRole, Project};
use python::Scope;
use rustc_hash::FxHashSet;

use crate::Db;

/// Settings that identify a Django settings module.
const SETTINGS: [&str; 2] = ["INSTALLED_APPS", "ROOT_URLCONF"];

/// What is loaded before the registry is ready.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Early {
    /// What Django loads by itself: settings, packages of apps, configurations, and what libraries look up.
    pub starts: Vec<ModuleId>,
    /// These, everything they load, and programs that set Django up: what they load comes before it or after.
    pub modules: FxHashSet<ModuleId>,
    /// Whether the project has settings of its own, other than those of tests.
    pub has_settings: bool,
}

/// Collects it.
pub(crate) fn early(db: &dyn Db, project: Project) -> Early {
    let modules = model::query::modules(db, project);
    let graph = model::query::graph(db, project);
    let mut starts: Vec<ModuleId> = Vec::new();
    let mut programs: FxHashSet<ModuleId> = FxHashSet::default();
    let mut has_settings = false;
    for (id, info) in modules.iter().filter(|(_, info)| info.has_edges()) {
        let starter = crate::query::django_starter(db, info.file);
        if starter.at_top_level || starter.in_function {
            programs.insert(id);
            // They may call what sets Django up, and import models below that.
            programs.extend(graph.importers(id).iter().map(|edge| edge.to));
        }
        let last = info.name.rsplit('.').next().unwrap_or_default();
        let holds_settings = is_settings(db, project, id);
        has_settings |= holds_settings && info.role == PathRole::Code;
        // `apps` is also the package around all apps.
        let is_loaded =
            last == "apps" && !info.is_package || holds_settings || configures_an_app(db, project, id);
        if is_loaded || last == "models" || last == "migrations" {
            // The packages around it are imported first: of an app, and of the settings, often with the program's
            // Celery app.
            starts.extend(modules.packages_around(id));
        }
        starts.extend(is_loaded.then_some(id));
    }
    for named in crate::query::looked_up(db, project).before_models() {
        starts.extend(modules.packages_around(*named));
        starts.push(*named);
    }
    starts.sort_unstable();
    starts.dedup();
    let table = crate::query::import_table(db, project);
    let mut loaded = FxHashSet::default();
    for start in &starts {
        if loaded.insert(*start) {
            loaded.extend(table.reached(&modules, *start, &[*start]).order);
        }
    }
    loaded.extend(programs);
    Early { starts, modules: loaded, has_settings }
}

/// Whether a module contains an app configuration: `INSTALLED_APPS` may name it wherever it is.
pub fn configures_an_app(db: &dyn Db, project: Project, module: ModuleId) -> bool {
    let definitions = python::query::definitions(db, model::query::file_of(db, project, module));
    let mut classes = definitions.classes.iter().filter(|class| class.scope == Scope::Module);
    classes.any(|class| is_app_configuration(db, project, &ClassRef::new(module, class.name.clone())))
}

/// Whether a class is the configuration of a Django app.
pub fn is_app_configuration(db: &dyn Db, project: Project, class: &ClassRef) -> bool {
    let bases = crate::types::classes::foreign_ancestors(db, project, class);
    bases.iter().any(|base| libraries::role_of_base(base) == Some(ClassRole::AppConfig))
}

/// Whether a module is a Django settings module.
pub fn is_settings(db: &dyn Db, project: Project, module: ModuleId) -> bool {
    let exports = model::query::exports(db, model::query::file_of(db, project, module));
    SETTINGS.iter().any(|setting| exports.get(setting).is_some())
}
