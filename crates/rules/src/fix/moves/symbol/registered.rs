//! What is known to others by more than its name: registered by a decorator when its module is imported, mapped to a table,
//! or part of a Django app. Where it stands then matters, and so does that its new module is imported at all.

use model::{Head, ModuleId, Orm};
use python::{ExprId, Name, Scope};

use super::Move;
use crate::Context;
use crate::fix::moves::Refusal;

/// Decorators of libraries that register, by their last names: signals, tasks, fixtures, hooks, admin sites, events.
const REGISTRARS: &[&str] = &[
    "command",
    "connect",
    "event_handler",
    "fixture",
    "hookimpl",
    "listens_for",
    "periodic_task",
    "receiver",
    "register",
    "shared_task",
    "task",
];

/// The names among those that go which their old module must go on to import, so that they are registered as before.
pub(super) fn still_loaded(it: &Move<'_, '_>) -> Result<Vec<Name>, Refusal> {
    let cx = it.source;
    let mut loaded = Vec::new();
    for name in &it.names {
        let entity = model::query::entity(cx.db, cx.project, cx.id, name.clone());
        match entity.map(|entity| (entity.orm, entity.is_abstract)) {
            Some((Orm::Django, false)) if !in_same_app(cx.own_name(), it.home.name()) => {
                return Err(Refusal::new(format!(
                    "`{name}` is a model of a Django app: its table and its migrations belong to the app"
                )));
            }
            Some((Orm::SqlAlchemy | Orm::SqlModel, false)) => loaded.push(name.clone()),
            _ if is_registered(it, name)? => loaded.push(name.clone()),
            _ => {}
        }
    }
    Ok(loaded)
}

/// Whether two modules lie in one app: the package around `models`.
fn in_same_app(own: &str, home: &str) -> bool {
    let app =
        own.find(".models").map_or_else(|| own.rsplit_once('.').map_or("", |(app, _)| app), |at| &own[..at]);
    app.is_empty() || home.strip_prefix(app).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a decorator registers the definition somewhere else than in its module. With something of its module it can't
/// go: nothing would say that the new module is to be imported for it.
fn is_registered(it: &Move<'_, '_>, name: &str) -> Result<bool, Refusal> {
    let cx = it.source;
    let definitions = &cx.module.definitions;
    let functions = definitions.functions.iter().map(|it| (it.scope, &it.name, &it.decorators));
    let classes = definitions.classes.iter().map(|it| (it.scope, &it.name, &it.decorators));
    let mut registered = false;
    for (_, _, decorators) in
        functions.chain(classes).filter(|(scope, own, _)| *scope == Scope::Module && *own == name)
    {
        for decorator in decorators {
            let Some(dotted) = dotted(cx, *decorator) else { continue };
            let (first, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
            match model::query::head(cx.db, cx.project, cx.id, first.into()) {
                Head::Variable(module, variable) if !rest.is_empty() => {
                    registers_at(it, module, &variable)?;
                    registered = true;
                }
                _ => registered |= REGISTRARS.contains(&dotted.rsplit('.').next().unwrap_or_default()),
            }
        }
    }
    Ok(registered)
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
