//! Definitions that other code reaches not only by name: registered by a decorator or a base class when their module is
//! imported, mapped to a table, part of a Django app, or found in their module by a framework. Then it matters where
//! they are defined, and that their new module is imported at all.

use model::references::{Hold, collected, named_place};
use model::{ClassRef, Head, ModuleId, Orm, PathRole};
use python::{ExprId, Name, Scope};
use view::Context;

use super::Move;
use super::registrar::registers;
use crate::moves::{Refusal, apps, tasks};

/// Registering decorators of libraries, by their last names: signals, tasks, fixtures, hooks, admin sites, events.
const REGISTRARS: &[&str] = &[
    "actor",
    "command",
    "connect",
    "event_handler",
    "exception_handler",
    "fixture",
    "handler",
    "hookimpl",
    "job",
    "listener",
    "listens_for",
    "middleware",
    "on_event",
    "periodic_task",
    "receiver",
    "register",
    "shared_task",
    "subscriber",
    "task",
];

/// Those of the moved names that the old module must continue to import, so that they are registered, or found, as
/// before.
pub(super) fn still_loaded(it: &Move<'_, '_>) -> Result<Vec<Name>, Refusal> {
    let cx = it.source;
    let mut loaded = Vec::new();
    let new = it.home.create.first().and_then(|path| path.strip_prefix(cx.project.root(cx.db)).ok());
    if let Some(there) = new.and_then(collected).filter(|there| !it.goes(there.wants)) {
        return Err(Refusal::new(there.reason));
    }
    for name in &it.names {
        is_collected(it, name)?;
        if flow::import_time::is_app_configuration(cx.db, cx.project, &ClassRef::new(cx.id, name.clone())) {
            return Err(Refusal::new("Django finds the configuration of an app in its `apps` only"));
        }
        let is_bound = is_found_by_name(cx, name)?;
        if is_bound || is_mapped(it, name)? || is_registered(it, name)? || is_subclass_of_a_registry(cx, name)
        {
            loaded.push(name.clone());
        }
    }
    Ok(loaded)
}

/// Whether it is mapped to a table. A Django model must stay in its app, and `models` of the app must import it.
fn is_mapped(it: &Move<'_, '_>, name: &Name) -> Result<bool, Refusal> {
    let cx = it.source;
    let entity = model::query::entity(cx.db, cx.project, cx.id, name.clone());
    match entity.map(|entity| (entity.orm, entity.is_abstract)) {
        Some((Orm::Django, false)) => {
            let modules = &cx.architecture.modules;
            let app = |name| apps::app_of(modules, cx.info().root, name);
            if app(cx.own_name()) != app(it.home.name()) {
                return Err(Refusal::new(format!(
                    "`{name}` is a model of a Django app: its table and its migrations belong to the app"
                )));
            }
            Ok(true)
        }
        Some((Orm::SqlAlchemy | Orm::SqlModel, false)) => Ok(true),
        _ => Ok(false),
    }
}

/// Whether a framework looks for it in its module by name.
fn is_found_by_name(cx: &Context<'_>, name: &str) -> Result<bool, Refusal> {
    if name.starts_with("__") && name.ends_with("__") {
        return Err(Refusal::new(format!("Python, or a tool, looks for `{name}` in this module")));
    }
    if is_setting(cx, name) {
        return Ok(true);
    }
    match named_place(&cx.info().path, name) {
        Some(place) if place.hold == Hold::Stays => Err(Refusal::new(place.reason)),
        Some(_) => Ok(true),
        None => Ok(false),
    }
}

/// Whether it is one of the settings of a Django project: all upper-case names of the settings module are.
fn is_setting(cx: &Context<'_>, name: &str) -> bool {
    let exports = model::query::exports(cx.db, cx.file);
    let is_capital =
        name.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit() || letter == '_');
    is_capital && ["INSTALLED_APPS", "ROOT_URLCONF"].iter().any(|setting| exports.get(setting).is_some())
}

/// Tests are collected from files named like tests.
fn is_collected(it: &Move<'_, '_>, name: &str) -> Result<(), Refusal> {
    let cx = it.source;
    let is_test =
        name.starts_with("test") || name.starts_with("Test") || super::starting::is_test_case(cx, name);
    if cx.info().role != PathRole::Tests || !is_test {
        return Ok(());
    }
    let stem = it.home.name().rsplit('.').next().unwrap_or_default();
    if crate::moves::places::is_test_file(stem) {
        return Ok(());
    }
    Err(Refusal::new(format!("tests are not collected from {}, by its name", it.home.name())))
}

/// Whether a project base class keeps a list of its subclasses: by `__init_subclass__` (PEP 487) or a metaclass.
fn is_subclass_of_a_registry(cx: &Context<'_>, name: &str) -> bool {
    let Some(ancestors) = cx.architecture.hierarchy.of(cx.id, name) else { return false };
    ancestors.own.iter().any(|(module, class)| {
        let definitions = python::query::definitions(cx.db, cx.file_of(*module));
        let Some((id, _)) =
            definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == *class)
        else {
            return false;
        };
        let has = |method: &str| {
            definitions.functions.iter().any(|it| it.scope == Scope::Class(id) && it.name == method)
        };
        let is_metaclass = || {
            let of = cx.architecture.hierarchy.of(*module, class);
            of.is_some_and(|it| {
                it.foreign.iter().any(|base| base == "builtins.type" || base == "abc.ABCMeta")
            })
        };
        has("__init_subclass__") || (has("__new__") || has("__init__")) && is_metaclass()
    })
}

/// Whether a decorator registers the definition outside its module. If it registers with an object of its module, the
/// definition can't move: nothing would import the new module for it.
fn is_registered(it: &Move<'_, '_>, name: &str) -> Result<bool, Refusal> {
    let cx = it.source;
    if let Some(task) = tasks::named_by_module(cx, name) {
        return Err(Refusal::new(format!(
            "its task is called `{task}` after its module, and messages under way and schedules name it so: give it \
             that name first, in its decorator"
        )));
    }
    let definitions = &cx.module.definitions;
    let functions = definitions.functions.iter().map(|it| (it.scope, &it.name, &it.decorators));
    let classes = definitions.classes.iter().map(|it| (it.scope, &it.name, &it.decorators));
    let mut registered = false;
    for (_, _, decorators) in
        functions.chain(classes).filter(|(scope, own, _)| *scope == Scope::Module && *own == name)
    {
        for decorator in decorators {
            let Some(dotted) = dotted(cx, *decorator) else { continue };
            registered |= does_register(it, &dotted)?;
        }
    }
    Ok(registered)
}

/// Whether a decorator of this name registers what it decorates.
fn does_register(it: &Move<'_, '_>, dotted: &str) -> Result<bool, Refusal> {
    let cx = it.source;
    let mut segments = dotted.split('.');
    let first = segments.next().unwrap_or_default();
    let mut head = model::query::head(cx.db, cx.project, cx.id, first.into());
    let mut rest = segments.clone().count();
    for segment in segments {
        let Head::Module(module) = head else { break };
        head = model::query::head_member(cx.db, cx.project, module, segment);
        rest -= 1;
    }
    Ok(match head {
        Head::Variable(module, variable) => {
            if rest > 0 {
                registers_at(it, module, &variable)?;
            }
            // `impl = HookimplMarker("shop")`: marked functions are looked up among the names of a module.
            true
        }
        Head::Class(_) if rest > 0 => true,
        Head::Function(module, function) => registers(cx, module, function),
        _ => REGISTRARS.contains(&dotted.rsplit('.').next().unwrap_or_default()),
    })
}

fn registers_at(it: &Move<'_, '_>, module: ModuleId, variable: &str) -> Result<(), Refusal> {
    if module != it.source.id {
        return Ok(());
    }
    Err(Refusal::new(format!("it is registered with `{variable}` of its module")))
}

/// The dotted name of a decorator, called or not.
fn dotted(cx: &Context<'_>, decorator: ExprId) -> Option<String> {
    let definitions = &cx.module.definitions;
    let named = match &definitions[decorator] {
        python::Expr::Call { callee, .. } => *callee,
        _ => decorator,
    };
    definitions.exprs.dotted(named)
}
