//! What Django loads before its app registry is ready: nothing imported then may define models.
//!
//! `django.setup()` reads the settings, configures logging, and imports each app's package and its `AppConfig`; only
//! then come the models of all apps, and after them the rest
//! (<https://docs.djangoproject.com/en/stable/ref/applications/>, "Initialization process").

use flow::import_time::{Step, Table};
use model::{ModuleId, Modules, Orm, Project};
use rustc_hash::FxHashSet;
use view::{Context, Db};

/// Why an import can't run at the top level of the module: the module is loaded before the registry is ready, and what
/// the import loads needs the registry. Completes "at the top level …".
pub(super) fn reaches_what_is_not_ready(cx: &Context<'_>, table: &Table, loads: &[Step]) -> Option<String> {
    if !flow::query::has_django(cx.db, cx.project)
        || !crate::query::early_modules(cx.db, cx.project).contains(&cx.id)
    {
        return None;
    }
    let modules = &cx.architecture.modules;
    let schema = model::query::schema(cx.db, cx.project);
    let models: FxHashSet<ModuleId> = schema
        .entities
        .iter()
        .filter(|(_, entity)| entity.orm == Orm::Django)
        .map(|(class, _)| class.module)
        .collect();
    // A module that already loads models is loaded when that is possible, whatever it looks like.
    let own = table.reached(modules, cx.id, &[cx.id]).order;
    if own.iter().any(|module| models.contains(module)) {
        return None;
    }
    let starts: Vec<ModuleId> = loads
        .iter()
        .filter_map(|step| match step {
            Step::Load { module, .. } => Some(*module),
            _ => None,
        })
        .collect();
    let reached = table.reached(modules, cx.id, &starts);
    let needs_registry = |step: &Step| match step {
        Step::Outside { name, .. } => is_model_of_django(name),
        _ => false,
    };
    let found = reached.order.iter().find(|module| {
        models.contains(module) || table.steps(**module).unwrap_or_default().iter().any(needs_registry)
    })?;
    Some(format!("`{}` would be loaded before Django's apps are ready", cx.module_name(*found)))
}

/// The modules of models that Django has surely loaded before the module. It loads the models of all apps before
/// anything except what they, the settings and the apps' packages load themselves. An app is surely installed if the
/// module defines or loads a model of it at its top level: the module could not be loaded otherwise.
pub(super) fn loaded_before(cx: &Context<'_>, table: &Table) -> Vec<ModuleId> {
    if !flow::query::has_django(cx.db, cx.project) {
        return Vec::new();
    }
    let django = crate::query::django_modules(cx.db, cx.project);
    if django.while_starting.contains(&cx.id) {
        return Vec::new();
    }
    let modules = &cx.architecture.modules;
    let loaded = table.surely_loaded(modules, cx.id);
    let mut ready: Vec<ModuleId> =
        django.apps.iter().filter(|(model, _)| loaded.contains(model)).map(|(_, app)| *app).collect();
    ready.sort_unstable();
    ready.dedup();
    ready
}

/// The modules of a project that Django loads during startup.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct DjangoModules {
    /// The modules that define models, each with the `models` module of its app.
    apps: Vec<(ModuleId, ModuleId)>,
    /// All modules that can be loaded before the models of all apps are.
    while_starting: FxHashSet<ModuleId>,
}

/// Collects them.
pub(crate) fn django_modules(db: &dyn Db, project: Project) -> DjangoModules {
    let modules = model::query::modules(db, project);
    let table = flow::query::import_table(db, project);
    let mut apps = Vec::new();
    for (class, entity) in &model::query::schema(db, project).entities {
        // Only a model with its own table needs an app.
        if entity.orm == Orm::Django && !entity.is_abstract {
            let around = modules.packages_around(class.module);
            let app = [class.module]
                .into_iter()
                .chain(around)
                .find(|module| modules[*module].name.rsplit('.').next() == Some("models"));
            apps.extend(app.map(|app| (class.module, app)));
        }
    }
    apps.sort_unstable();
    apps.dedup();
    let mut while_starting = early_modules(db, project);
    // The models load other modules that define models too, in an unknown order.
    let named = modules.iter().filter(|(_, info)| info.name.rsplit('.').next() == Some("models"));
    let starts: Vec<ModuleId> = named.map(|(id, _)| id).chain(apps.iter().map(|(model, _)| *model)).collect();
    for start in starts {
        if while_starting.insert(start) {
            while_starting.extend(table.reached(&modules, start, &[start]).order);
        }
    }
    DjangoModules { apps, while_starting }
}

/// `django.contrib.auth.models.User`
fn is_model_of_django(name: &str) -> bool {
    name.strip_prefix("django.contrib.").is_some_and(|rest| rest.split('.').any(|part| part == "models"))
}

/// The modules that are loaded before the registry is ready.
pub(crate) fn early_modules(db: &dyn Db, project: Project) -> FxHashSet<ModuleId> {
    let modules = model::query::modules(db, project);
    let table = flow::query::import_table(db, project);
    let mut starts: Vec<ModuleId> = Vec::new();
    // These call `django.setup()` themselves, or something that does: what they load after that is not early.
    let mut alone: FxHashSet<ModuleId> = FxHashSet::default();
    for (id, info) in modules.iter().filter(|(_, info)| info.has_edges()) {
        match info.path.file_stem() {
            Some("apps" | "models") => starts.extend(app_packages(&modules, id)),
            Some("manage" | "asgi" | "wsgi") => drop(alone.insert(id)),
            _ if info.name.ends_with(".models") => starts.extend(app_packages(&modules, id)),
            _ => {}
        }
        let configures = |class: &str| {
            flow::types::classes::foreign_ancestors(db, project, &model::ClassRef::new(id, class))
                .iter()
                .any(|base| base == "django.apps.AppConfig")
        };
        let definitions = python::query::definitions(db, info.file);
        let is_settings = definitions.variables.iter().any(|it| it.name == "INSTALLED_APPS");
        if is_settings || definitions.classes.iter().any(|class| configures(&class.name)) {
            starts.push(id);
        }
    }
    for named in flow::query::looked_up(db, project).before_models() {
        starts.extend(modules.packages_around(*named));
        starts.push(*named);
    }
    let mut early = alone;
    for start in starts {
        if early.insert(start) {
            early.extend(table.reached(&modules, start, &[start]).order);
        }
    }
    early
}

/// The packages around a module of models, or of an app's configuration: they are imported first.
fn app_packages(modules: &Modules, module: ModuleId) -> Vec<ModuleId> {
    modules.packages_around(module)
}
