//! Containers of values that can't leave their process: tasks, timers, threads, connected clients, and locks that guard
//! process-local data. No external store could hold them.

use python::{Body, BodyId, ClassId, Definitions, Expr, ExprId, Name, Scope, Stmt};
use view::scope::{Binding, Meaning, Names};

use super::changes::Change;
use super::{Owner, State, function_of, is_container};

/// Packages whose handles are bound to a process.
const MODULES: &[&str] =
    &["anyio", "asyncio", "concurrent", "multiprocessing", "subprocess", "threading", "trio"];

/// Their classes, and functions that create one.
const HANDLES: &[&str] = &[
    "AbstractEventLoop",
    "CancelScope",
    "Condition",
    "Event",
    "Future",
    "Handle",
    "Popen",
    "Process",
    "Task",
    "TaskGroup",
    "Thread",
    "Timer",
    "TimerHandle",
    "create_subprocess_exec",
    "create_subprocess_shell",
    "create_task",
    "ensure_future",
    "run_coroutine_threadsafe",
];

const LOCKS: &[&str] = &["BoundedSemaphore", "Lock", "RLock", "Semaphore"];

/// Classes of the standard library that a connected client is reached by. Web frameworks call theirs `WebSocket`.
const CONNECTIONS: &[&str] = &["StreamReader", "StreamWriter", "Transport", "socket"];

/// Methods that create a handle, whatever the receiver.
const MAKERS: &[&str] = &["call_at", "call_later", "create_future", "create_task", "run_in_executor"];

/// Limit on the names and values that are followed for one container.
const MAX_STEPS: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Handle,
    /// What a connected client is reached by.
    Connection,
    Lock,
}

/// The kind of what a container holds, if that can't leave the process: handles, connections, or locks that the module
/// needs only within its process.
pub(super) fn bound(names: &Names<'_>, state: &State, changes: &[Change]) -> Option<Kind> {
    let annotated = annotation(names, state).and_then(|(body, at)| kind_of(names, body, at, true));
    let of_it = || changes.iter().filter(|change| change.owner == state.owner && change.name == state.name);
    let kind = annotated.or_else(|| of_it().find_map(|change| filled_with(names, change)));
    kind.filter(|kind| *kind != Kind::Lock || of_it().all(|change| guards_a_cache(names, state, change)))
}

/// The annotation of the container.
fn annotation(names: &Names<'_>, state: &State) -> Option<(BodyId, ExprId)> {
    let definitions = &names.cx.module.definitions;
    let bodies: Vec<BodyId> = match (&state.owner, &state.singleton) {
        (Owner::Module | Owner::Elsewhere(_), _) => vec![BodyId(0)],
        (Owner::Class(class), None) => vec![definitions[*class].body],
        (Owner::Class(class), Some(_)) => definitions
            .functions()
            .filter(|(_, it)| it.scope == Scope::Class(*class) && it.name == "__init__")
            .map(|(_, it)| it.body)
            .chain([definitions[*class].body])
            .collect(),
    };
    bodies.into_iter().find_map(|id| {
        let body = names.body(id);
        body.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Assign { targets, annotation: Some(annotation), .. } => {
                let is_it = |target: &ExprId| match &body[*target] {
                    Expr::Name(name) | Expr::Attribute { name, .. } => *name == state.name,
                    _ => false,
                };
                targets.iter().any(is_it).then_some((id, *annotation))
            }
            _ => None,
        })
    })
}

/// The kind of an annotation or a value, also where a class of the module holds a handle.
fn kind_of(names: &Names<'_>, id: BodyId, at: ExprId, into_classes: bool) -> Option<Kind> {
    let body = names.body(id);
    let definitions = &names.cx.module.definitions;
    let mut open = vec![at];
    let mut steps = 0;
    while let Some(at) = open.pop() {
        steps += 1;
        if steps > MAX_STEPS {
            break;
        }
        if let Expr::Name(_) | Expr::Attribute { .. } = &body[at] {
            if let Some(kind) = names.outside(id, at).and_then(|full| kind_of_name(&full)) {
                return Some(kind);
            }
            if into_classes
                && let Expr::Name(name) = &body[at]
                && let Some(id) = definitions.class_named(name)
            {
                let class = &definitions[id];
                let inner = names.body(class.body);
                let held = inner.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Assign { annotation: Some(annotation), .. } => {
                        kind_of(names, class.body, *annotation, false).filter(|kind| *kind != Kind::Lock)
                    }
                    _ => None,
                });
                let held = held.or_else(|| given_to_constructor(names, id));
                if held.is_some() {
                    return held;
                }
            }
        }
        match &body[at] {
            // Quoted annotations.
            Expr::Literal(python::Literal::Str(text)) => {
                let kind = text
                    .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                    .find_map(kind_of_name);
                if kind.is_some() {
                    return kind;
                }
            }
            other => other.for_each_child(|child| open.push(child)),
        }
    }
    None
}

/// The kind of what a class keeps of what its constructor is given: `self.websocket = websocket`.
fn given_to_constructor(names: &Names<'_>, class: ClassId) -> Option<Kind> {
    let definitions = &names.cx.module.definitions;
    let (_, constructor) =
        definitions.functions().find(|(_, it)| it.scope == Scope::Class(class) && it.name == "__init__")?;
    let body = names.body(constructor.body);
    body.stmts.iter().find_map(|stmt| {
        let Stmt::Assign { targets, value: Some(value), .. } = stmt else { return None };
        let Expr::Name(given) = &body[*value] else { return None };
        let is_kept = targets.iter().any(|target| super::of_self(body, *target).is_some());
        let parameter = constructor.parameters.iter().find(|it| it.name == *given).filter(|_| is_kept)?;
        annotated_parameter(names, parameter).filter(|kind| *kind != Kind::Lock)
    })
}

/// `asyncio.Task`, `multiprocessing.context.Process`, `fastapi.WebSocket`
fn kind_of_name(full: &str) -> Option<Kind> {
    let (module, name) = full.rsplit_once('.')?;
    let first = module.split('.').next()?;
    if name.contains("WebSocket") || matches!(first, "asyncio" | "socket") && CONNECTIONS.contains(&name) {
        return Some(Kind::Connection);
    }
    if !MODULES.contains(&first) {
        return None;
    }
    if HANDLES.contains(&name) { Some(Kind::Handle) } else { LOCKS.contains(&name).then_some(Kind::Lock) }
}

/// What a change adds: `x.add(task)`, `x[key] = task`, `x.setdefault(key, Lock())`.
fn filled_with(names: &Names<'_>, change: &Change) -> Option<Kind> {
    let body = names.body(change.body);
    let values: Vec<ExprId> = match &body[change.expr] {
        Expr::Call { args, .. } => args.iter().map(python::Arg::value).collect(),
        _ => body
            .stmts
            .iter()
            .filter_map(|stmt| match stmt {
                Stmt::Assign { targets, value, .. } if targets.contains(&change.expr) => *value,
                _ => None,
            })
            .collect(),
    };
    values.into_iter().find_map(|value| made(names, change.body, value))
}

fn made(names: &Names<'_>, id: BodyId, value: ExprId) -> Option<Kind> {
    let body = names.body(id);
    let of_call = |value: ExprId| {
        let Expr::Call { callee, .. } = &body[value] else { return None };
        match &body[*callee] {
            Expr::Attribute { name, .. } if MAKERS.contains(&name.as_str()) => Some(Kind::Handle),
            _ => names.outside(id, *callee).and_then(|full| kind_of_name(&full)),
        }
    };
    match &body[value] {
        Expr::Call { .. } => of_call(value),
        Expr::Name(name) => {
            if calls_back(body, name) {
                return Some(Kind::Handle);
            }
            match names.meaning(id, name) {
                Meaning::Bound(at, bindings) if at == id => {
                    bindings.iter().find_map(|binding| match binding {
                        Binding::Value(value) => of_call(*value),
                        Binding::Parameter(index) => {
                            let function = &names.cx.module.definitions[function_of(body)?];
                            annotated_parameter(names, function.parameters.get(*index)?)
                        }
                        _ => None,
                    })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// `task: asyncio.Task`, `socket: WebSocket`; expressions in function headers have no body.
fn annotated_parameter(names: &Names<'_>, parameter: &python::Parameter) -> Option<Kind> {
    let definitions = &names.cx.module.definitions;
    let mut at = parameter.annotation?;
    if let Expr::Subscript { value, .. } = &definitions[at] {
        at = *value;
    }
    if let Expr::Name(name) = &definitions[at] {
        let Meaning::Import(import) = names.meaning(BodyId(0), name) else { return None };
        return kind_of_name(&names.outside_import(import)?);
    }
    let Expr::Attribute { value, name } = &definitions[at] else { return None };
    let Expr::Name(module) = &definitions[*value] else { return None };
    kind_of_name(&format!("{module}.{name}"))
}

/// `task.add_done_callback(...)`: whatever the callback is, the receiver is a task.
fn calls_back(body: &Body, name: &Name) -> bool {
    body.exprs.list.iter().any(|expr| {
        let Expr::Attribute { value, name: attribute } = expr else { return false };
        attribute == "add_done_callback" && matches!(&body[*value], Expr::Name(it) if it == name)
    })
}

/// Whether the function that keeps a lock also uses process-local data: a cache, or another container of the module.
fn guards_a_cache(names: &Names<'_>, state: &State, change: &Change) -> bool {
    let body = names.body(change.body);
    let definitions = &names.cx.module.definitions;
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Name(name) | Expr::Attribute { name, .. } if name.to_lowercase().contains("cache") => true,
        Expr::Name(name) if *name != state.name => {
            matches!(names.meaning(change.body, name), Meaning::Bound(BodyId(0), _))
                && is_head_container(definitions, name)
        }
        _ => false,
    })
}

fn is_head_container(definitions: &Definitions, name: &Name) -> bool {
    definitions.variables.iter().any(|it| {
        it.scope == Scope::Module
            && it.name == *name
            && it.value.is_some_and(|value| is_container(definitions, value))
    })
}

/// Whether every function that changes a container also changes one of what can't leave the process: then it is its
/// index. Beside connections, only entries are an index: who is connected is news to other workers.
pub(super) fn is_index(
    names: &Names<'_>,
    of_it: &[&Change],
    bound: &[(Owner, Name, Kind)],
    changes: &[Change],
) -> bool {
    let also = |it: &Change| {
        changes.iter().any(|change| {
            let is_bound = bound.iter().any(|(owner, name, kind)| {
                change.owner == *owner
                    && change.name == *name
                    && (*kind != Kind::Connection || is_entry(names.body(it.body), it.expr))
            });
            change.function == it.function && is_bound
        })
    };
    of_it.iter().all(|change| also(change))
}

/// Whether a change sets or removes an entry: `x[key] = value`, `del x[key]`, `x.pop(key, None)`.
fn is_entry(body: &Body, change: ExprId) -> bool {
    match &body[change] {
        Expr::Subscript { .. } => true,
        Expr::Call { callee, args } => {
            matches!(&body[*callee], Expr::Attribute { name, .. } if matches!(name.as_str(), "pop" | "setdefault"))
                && !args.is_empty()
        }
        _ => false,
    }
}
