//! Tasks that are named after their module by default: Celery (`app.task`, `shared_task`), taskiq, huey and
//! procrastinate. Messages waiting in a queue, and schedules in a database, refer to them by these names.

use model::Head;
use python::{Arg, Expr, ExprId, Name, Scope};
use view::Context;

/// Libraries that name tasks after their modules.
const LIBRARIES: [&str; 4] = ["celery", "huey", "procrastinate", "taskiq"];

/// Keywords that give a task a name.
const NAMED: [&str; 2] = ["name", "task_name"];

/// Last names of decorators that create tasks.
const MAKERS: [&str; 4] = ["db_task", "periodic_task", "shared_task", "task"];

/// The task name of the module's function `name`; `None` if it is not a task, or has an explicit name.
pub(super) fn named_by_module(cx: &Context<'_>, name: &str) -> Option<String> {
    let functions = &cx.module.definitions.functions;
    let own = functions.iter().filter(|it| it.scope == Scope::Module && it.name == name);
    let mut decorators = own.flat_map(|it| it.decorators.iter());
    decorators.any(|decorator| makes_task(cx, *decorator)).then(|| format!("{}.{name}", cx.own_name()))
}

/// The tasks of a module that are named after it.
pub(super) fn all_named_by_module(cx: &Context<'_>) -> Vec<String> {
    if !cx.text.as_str().contains("task") {
        return Vec::new();
    }
    let functions = cx.module.definitions.functions.iter().filter(|it| it.scope == Scope::Module);
    functions.filter_map(|it| named_by_module(cx, &it.name)).collect()
}

fn makes_task(cx: &Context<'_>, decorator: ExprId) -> bool {
    let definitions = &cx.module.definitions;
    let callee = match &definitions[decorator] {
        Expr::Call { callee, args } => {
            let is_named = |arg: &Arg| matches!(arg, Arg::Keyword(name, _) if NAMED.contains(&name.as_str()));
            if args.iter().any(is_named) {
                return false;
            }
            *callee
        }
        _ => decorator,
    };
    let Some(dotted) = definitions.exprs.dotted(callee) else { return false };
    let (first, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    if !MAKERS.contains(&dotted.rsplit('.').next().unwrap_or_default()) {
        return false;
    }
    match model::query::head(cx.db, cx.project, cx.id, Name::from(first)) {
        Head::Foreign(full) => LIBRARIES.iter().any(|library| is_of(&full, library)),
        Head::Variable(module, _) if !rest.is_empty() => {
            let imports = python::query::imports(cx.db, cx.file_of(module));
            imports.list.iter().any(|import| LIBRARIES.iter().any(|library| is_of(&import.module, library)))
        }
        _ => false,
    }
}

fn is_of(name: &str, library: &str) -> bool {
    name.strip_prefix(library).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
