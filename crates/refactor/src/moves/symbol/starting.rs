//! Targets that nothing else is imported from: modules that start a program, and code that would need what only tests
//! have.

use flow::import_time::Installation;
use model::references::{Finder, place_of};
use model::{ModuleId, Orm, PathRole};
use python::Scope;
use rustc_hash::FxHashSet;
use view::Context;

use super::Move;
use super::needs::Needs;
use crate::moves::Refusal;
use crate::rewrite::{At, Home as Whose};

/// Refuses a target that starts a program: who needs the definition would start it too, or Django loads the target before
/// its apps are ready.
pub(super) fn check(it: &Move<'_, '_>) -> Result<(), Refusal> {
    let cx = it.source;
    let target = it.home.name();
    let path = match it.home.id {
        Some(id) => Some(cx.architecture.modules[id].path.as_path()),
        None => it.home.create.first().and_then(|path| path.strip_prefix(cx.project.root(cx.db)).ok()),
    };
    for place in path.into_iter().flat_map(place_of) {
        match place.finder {
            // Most of these stand beside the packages; one of a package may be called `setup` too.
            Finder::Tool(name) if !target.contains('.') || target.ends_with(".__main__") => {
                return Err(Refusal::new(format!("{target} starts something: {name} {}", place.reason)));
            }
            Finder::Pytest if cx.info().role != PathRole::Tests => {
                return Err(Refusal::new(format!("{target} is of the tests alone")));
            }
            _ => {}
        }
    }
    let Some(id) = it.home.id else { return Ok(()) };
    if flow::query::django_starter(cx.db, cx.file_of(id)).at_top_level {
        return Err(Refusal::new(format!("{target} sets Django up when it is imported")));
    }
    let is_early = flow::import_time::configures_an_app(cx.db, cx.project, id)
        || flow::import_time::is_settings(cx.db, cx.project, id)
            && !it.names.iter().all(|name| is_value(cx, name));
    if is_early {
        return Err(Refusal::new(format!(
            "Django loads {target} while it starts, before its apps are ready"
        )));
    }
    Ok(())
}

/// Whether a name is a variable.
fn is_value(cx: &Context<'_>, name: &str) -> bool {
    let definitions = &cx.module.definitions;
    !definitions.classes.iter().any(|it| it.scope == Scope::Module && it.name == name)
        && !definitions.functions.iter().any(|it| it.scope == Scope::Module && it.name == name)
}

/// Refuses a move from tests into the program that makes it need what only tests have.
pub(super) fn needs_of_tests(it: &Move<'_, '_>, needs: &Needs) -> Result<(), Refusal> {
    let cx = it.source;
    let modules = &cx.architecture.modules;
    let is_code = |id: ModuleId| modules[id].role == PathRole::Code;
    let Some(home) = it.home.id.filter(|home| cx.info().role == PathRole::Tests && is_code(*home)) else {
        return Ok(());
    };
    for needed in needs.imports.iter().filter(|needed| needed.at == At::RunTime) {
        let name = needed.absolute.as_str();
        let first = name.split('.').next().unwrap_or_default();
        let is_of_tests = match needed.whose {
            Whose::Project => {
                let named = |name: &str| modules.by_name(name, cx.info().root);
                let module = named(name).or_else(|| named(name.rsplit_once('.')?.0));
                module.is_some_and(|module| modules[module].role == PathRole::Tests)
            }
            Whose::ThirdParty => {
                name.split('.').any(|segment| segment == "test" || segment == "testing")
                    || !is_imported(cx, first)
            }
            Whose::Standard => first == "unittest",
        };
        if is_of_tests {
            return Err(Refusal::new(format!(
                "{} is part of the program, and would need `{name}`, which only tests have",
                cx.module_name(home)
            )));
        }
    }
    Ok(())
}

/// Refuses a move after which the target would load models of an app that not all settings install.
pub(super) fn needs_an_app(it: &Move<'_, '_>, needs: &Needs) -> Result<(), Refusal> {
    let cx = it.source;
    let modules = &cx.architecture.modules;
    let Some(home) = it.home.id.filter(|_| flow::query::has_django(cx.db, cx.project)) else { return Ok(()) };
    let with_models = with_models(cx);
    let before = flow::query::import_table(cx.db, cx.project).surely_loaded(modules, home);
    let run = needs.imports.iter().filter(|needed| needed.at == At::RunTime);
    let needed = run.filter(|needed| needed.whose == Whose::Project).filter_map(|needed| {
        let named = |name: &str| modules.by_name(name, cx.info().root);
        named(&needed.absolute).or_else(|| named(needed.absolute.rsplit_once('.')?.0))
    });
    for module in needed.filter(|module| !before.contains(module) && with_models.contains(module)) {
        let wanted = cx.module_name(module);
        let installed = flow::query::installed(cx.db, cx.project);
        if let Installation::Missing(settings) = installed.judge(modules, home, wanted) {
            return Err(Refusal::new(format!(
                "{} would load {wanted}, whose app {} doesn't install",
                it.home.name(),
                cx.module_name(settings)
            )));
        }
    }
    Ok(())
}

/// Refuses a move after which an importer would load models of an app that not all settings install. `fresh` are the
/// imports at import time that are new: who imports, and what.
pub(super) fn importers_need_an_app(
    it: &Move<'_, '_>,
    fresh: &[(ModuleId, ModuleId)],
) -> Result<(), Refusal> {
    let cx = it.source;
    if fresh.is_empty() || !flow::query::has_django(cx.db, cx.project) {
        return Ok(());
    }
    let modules = &cx.architecture.modules;
    let with_models = with_models(cx);
    let table = flow::query::import_table(cx.db, cx.project);
    let installed = flow::query::installed(cx.db, cx.project);
    for (from, to) in fresh {
        let before = table.surely_loaded(modules, *from);
        let mut new = table.surely_loaded(modules, *to);
        new.retain(|module| with_models.contains(module) && !before.contains(module));
        let mut new: Vec<ModuleId> = new.into_iter().collect();
        new.sort_unstable();
        for module in new {
            let wanted = cx.module_name(module);
            if let Installation::Missing(settings) = installed.judge(modules, *from, wanted) {
                return Err(Refusal::new(format!(
                    "{} would load {wanted}, whose app {} doesn't install",
                    cx.module_name(*from),
                    cx.module_name(settings)
                )));
            }
        }
    }
    Ok(())
}

/// The modules that define models with a table of their own.
fn with_models(cx: &Context<'_>) -> FxHashSet<ModuleId> {
    let schema = model::query::schema(cx.db, cx.project);
    let concrete =
        schema.entities.iter().filter(|(_, entity)| entity.orm == Orm::Django && !entity.is_abstract);
    concrete.map(|(class, _)| class.module).collect()
}

/// Whether a module of the program imports from a library.
fn is_imported(cx: &Context<'_>, first: &str) -> bool {
    cx.architecture.modules.iter().filter(|(_, info)| info.role == PathRole::Code).any(|(_, info)| {
        let imports = python::query::imports(cx.db, info.file);
        imports.list.iter().any(|import| import.level == 0 && import.module.split('.').next() == Some(first))
    })
}

/// Whether a class is one of tests that unittest and pytest collect by its base.
pub(super) fn is_test_case(cx: &Context<'_>, name: &str) -> bool {
    let definitions = &cx.module.definitions;
    let class = definitions.classes.iter().find(|it| it.scope == Scope::Module && it.name == name);
    let bases = class.iter().flat_map(|class| &class.bases);
    let mut named = bases.filter_map(|base| definitions.exprs.dotted(base.value()));
    named.any(|base| base.rsplit('.').next().is_some_and(|last| last.ends_with("TestCase")))
}
