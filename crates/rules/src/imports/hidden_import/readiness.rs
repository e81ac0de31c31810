//! Whether an import is ready to run at the top level where Django loads the module: before its app registry is ready,
//! before the user model is defined, or without the app that what it loads belongs to.

use flow::import_time::{Installation, Step, Table};
use model::{ModuleId, Orm, Project};
use rustc_hash::FxHashSet;
use view::{Context, Db};

use super::verdict::{Verdict, review};

/// Why an import can't run at the top level of the module: the module is loaded before the registry is ready, and what
/// the import loads needs the registry. Completes "at the top level …".
pub(super) fn reaches_what_is_not_ready(cx: &Context<'_>, table: &Table, loads: &[Step]) -> Option<String> {
    if !flow::query::has_django(cx.db, cx.project)
        || !flow::query::early(cx.db, cx.project).modules.contains(&cx.id)
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
    // Unless it sets Django up before that.
    let own = table.surely_loaded(modules, cx.id);
    if own.iter().any(|module| models.contains(module)) && !is_set_up_by(cx) {
        return None;
    }
    let starts: Vec<ModuleId> = loads.iter().filter_map(loaded).collect();
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

/// Why an import can't run at the top level of a module that Django may load before the project's own user model: one of
/// the modules `new`, which the import would load, or a library's that the import names, asks for that model while it is
/// loaded.
pub(super) fn asks_for_users(
    cx: &Context<'_>,
    table: &Table,
    (loads, new): (&[Step], &[ModuleId]),
    before: &FxHashSet<ModuleId>,
) -> Option<String> {
    let asked = |step: &Step| match step {
        Step::Outside { name, .. } => libraries::asks_for_users(name),
        _ => None,
    };
    let asks = |module: &ModuleId| table.steps(*module).unwrap_or_default().iter().find_map(asked);
    let direct = loads.iter().find_map(asked).map(|asking| (cx.id, asking));
    let (module, asking) = direct.or_else(|| new.iter().find_map(|it| Some((*it, asks(it)?))))?;
    let user = flow::query::user_model(cx.db, cx.project)?;
    let is_own = model::query::own_user(cx.db, cx.project).as_ref() != Some(&user);
    let is_there = before.iter().any(|it| *it == user.module || asks(it).is_some());
    if !is_own || is_there || !crate::query::django_modules(cx.db, cx.project).while_starting.contains(&cx.id)
    {
        return None;
    }
    let user = &user.name;
    Some(if module == cx.id {
        format!("`{asking}` asks for the user model, and `{user}` may not be defined by then")
    } else {
        let module = cx.module_name(module);
        format!(
            "`{module}` loads `{asking}`, which asks for the user model, and `{user}` may not be defined by then"
        )
    })
}

/// The verdict where the modules `new`, which the import would load, hold models of an app that not all settings install:
/// Django refuses to load these where the app isn't installed, and with them the module.
pub(super) fn needs_an_app(
    cx: &Context<'_>,
    table: &Table,
    new: &[ModuleId],
    before: &FxHashSet<ModuleId>,
) -> Option<Verdict> {
    if !flow::query::has_django(cx.db, cx.project) {
        return None;
    }
    let modules = &cx.architecture.modules;
    let outside = |module: &ModuleId| {
        let steps = table.steps(*module).unwrap_or_default().iter();
        steps.filter_map(|step| match step {
            Step::Outside { name, is_sure: true } => models_of(name),
            _ => None,
        })
    };
    let known: FxHashSet<&str> = before.iter().flat_map(outside).collect();
    let schema = model::query::schema(cx.db, cx.project);
    let concrete =
        schema.entities.iter().filter(|(_, entity)| entity.orm == Orm::Django && !entity.is_abstract);
    let with_models: FxHashSet<ModuleId> = concrete.map(|(class, _)| class.module).collect();
    let own = new.iter().filter(|module| with_models.contains(module)).map(|module| cx.module_name(*module));
    let foreign = new.iter().flat_map(outside).filter(|name| !known.contains(name));
    let installed = flow::query::installed(cx.db, cx.project);
    own.chain(foreign).find_map(|wanted| match installed.judge(modules, cx.id, wanted) {
        Installation::Sure => None,
        Installation::Unknown => Some(review(format!(
            "Django loads `{wanted}` only where its app is installed, which the settings don't show"
        ))),
        Installation::Missing(settings) => Some(Verdict::Intended(
            format!("`{}` doesn't install the app of `{wanted}`", cx.module_name(settings)).into(),
        )),
    })
}

/// The module of an app's models in the name of something imported from a library: `django.contrib.auth.models`, but not
/// `django.db.models`, which are classes and functions for models.
fn models_of(name: &str) -> Option<&str> {
    let at = name.find(".models")?;
    let end = at + ".models".len();
    let is_of_app = name[..at].rsplit('.').next() != Some("db") && name[end..].starts_with('.');
    is_of_app.then(|| &name[..end])
}

fn loaded(step: &Step) -> Option<ModuleId> {
    match step {
        Step::Load { module, .. } => Some(*module),
        _ => None,
    }
}

/// Whether loading the module sets Django up, by itself or by a module that it imports for that.
fn is_set_up_by(cx: &Context<'_>) -> bool {
    let starts = |module: ModuleId| flow::query::django_starter(cx.db, cx.file_of(module)).at_top_level;
    let mut imported = cx.imports().filter(|view| view.import.context.at_import_time());
    starts(cx.id) || imported.any(|view| view.module().is_some_and(starts))
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
    let mut while_starting = flow::query::early(db, project).modules.clone();
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
