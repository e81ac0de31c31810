//! Functions that run at import time or at startup: what they fill is a registry, not state.

use python::{Body, BodyOwner, Definitions, Expr, ExprArena, ExprId, FunctionId, Literal, Scope, Stmt};
use rustc_hash::FxHashSet;
use view::scope::Names;
use view::{Context, checked_classes};

use super::function_of;
use super::hooked::hooked;
use crate::imports::entry_point;

/// Prefixes of the names of functions that fill registries, start something, or clean up for tests.
const VERBS: &[&str] = &[
    "bootstrap",
    "clear",
    "configure",
    "discover",
    "import",
    "init",
    "initialize",
    "install",
    "load",
    "override",
    "populate",
    "register",
    "reset",
    "setup",
    "shutdown",
    "startup",
    "subscribe",
    "unregister",
];

/// Methods that Python calls when a class is created.
const SPECIAL: &[&str] = &["__init_subclass__", "__set_name__", "__class_getitem__"];

/// The functions of a module that answer requests, nested ones included.
pub(super) fn handlers(cx: &Context<'_>) -> FxHashSet<FunctionId> {
    let routes = model::query::routes(cx.db, cx.project);
    let functions = routes.list.iter().filter_map(|route| route.handler.function);
    functions.filter(|(module, _)| *module == cx.id).map(|(_, function)| function).collect()
}

/// The functions of a module that run at import or start.
pub(super) fn functions(names: &Names<'_>) -> FxHashSet<FunctionId> {
    let cx = names.cx;
    let definitions = &*cx.module.definitions;
    let singletons = super::singletons::of(definitions);
    // `Registry.add()`, `registry.add()`; `@router.put` calls no function of the module that is called `put`.
    let is_own = |exprs: &ExprArena, receiver: ExprId| {
        matches!(&exprs[receiver], Expr::Name(name)
            if definitions.class_named(name).is_some() || singletons.iter().any(|(_, it)| it == name))
    };
    let mut called: FxHashSet<&str> = FxHashSet::default();
    let mut methods: FxHashSet<&str> = FxHashSet::default();
    for (_, body) in names.bodies().filter(|(_, body)| !matches!(body.owner, BodyOwner::Function(_))) {
        for expr in &body.exprs.list {
            if let Expr::Call { callee, .. } = expr {
                match &body[*callee] {
                    Expr::Name(name) => _ = called.insert(name),
                    Expr::Attribute { value, name } if is_own(&body.exprs, *value) => {
                        methods.insert(name);
                    }
                    _ => {}
                }
            }
        }
    }
    let decorators = definitions
        .functions
        .iter()
        .flat_map(|it| &it.decorators)
        .chain(definitions.classes.iter().flat_map(|it| &it.decorators));
    for decorator in decorators {
        let callee = match &definitions[*decorator] {
            Expr::Call { callee, .. } => *callee,
            _ => *decorator,
        };
        match &definitions[callee] {
            Expr::Name(name) => _ = called.insert(name),
            Expr::Attribute { value, name } if is_own(&definitions.exprs, *value) => {
                methods.insert(name);
            }
            _ => {}
        }
    }
    let is_called = |function: &python::Function| match function.scope {
        Scope::Class(_) => methods.contains(function.name.as_str()),
        Scope::Module | Scope::Function(_) => called.contains(function.name.as_str()),
    };
    let hooked = hooked(names);
    let is_hooked = |function: &python::Function| {
        !matches!(function.scope, Scope::Class(_)) && hooked.contains(function.name.as_str())
    };
    let runs_early = |id: FunctionId| {
        let function = &definitions[id];
        let name = function.name.trim_start_matches('_');
        let verb = name.split('_').next().unwrap_or_default();
        VERBS.contains(&verb)
            || SPECIAL.contains(&function.name.as_str())
            || is_called(function) && !function.is_async
            || gives_back_what_it_got(names.body(function.body), &function.parameters)
            || is_of_metaclass(names, id)
            || listens(definitions, function)
            || is_hooked(function)
            || is_bracket(definitions, function)
            || entry_point::starts_up(cx, id, entry_point::FACTORIES)
    };
    // A handler runs per request, whatever it is called and wherever it is defined.
    let handlers = handlers(cx);
    let mut found: FxHashSet<FunctionId> = FxHashSet::default();
    for (_, body) in names.bodies() {
        let Some(function) = function_of(body) else { continue };
        // Anything nested in such a function runs with it, or is its return value.
        let mut at = Some(function);
        while let Some(id) = at {
            if handlers.contains(&id) {
                break;
            }
            if found.contains(&id) || runs_early(id) {
                found.insert(function);
                break;
            }
            at = match definitions[id].scope {
                Scope::Function(around) => Some(around),
                _ => None,
            };
        }
    }
    found
}

/// A decorator: it returns its parameter, or a function that wraps it.
fn gives_back_what_it_got(body: &Body, parameters: &[python::Parameter]) -> bool {
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::Return(Some(value)) => match &body[*value] {
            Expr::Name(name) => {
                let is_callable = matches!(
                    name.as_str(),
                    "func"
                        | "fn"
                        | "f"
                        | "function"
                        | "cls"
                        | "klass"
                        | "handler"
                        | "callback"
                        | "wrapped"
                        | "method"
                );
                is_callable && parameters.iter().any(|it| it.name == *name)
            }
            _ => false,
        },
        _ => false,
    })
}

/// A context manager: it reverts its changes.
fn is_bracket(definitions: &Definitions, function: &python::Function) -> bool {
    const NAMES: &[&str] = &["asynccontextmanager", "contextmanager"];
    matches!(function.name.as_str(), "__enter__" | "__exit__" | "__aenter__" | "__aexit__")
        || function.decorators.iter().any(|decorator| {
            matches!(&definitions[*decorator], Expr::Name(name) | Expr::Attribute { name, .. } if NAMES.contains(&name.as_str()))
        })
}

/// `@event.listens_for(...)`: an ORM reports its mappers while it configures them. `@app.before_serving`,
/// `@app.on_event("startup")`: a framework calls it once, before the first request or after the last.
fn listens(definitions: &Definitions, function: &python::Function) -> bool {
    const EVENTS: &[&str] = &[
        "after_server_start",
        "after_server_stop",
        "after_serving",
        "before_server_start",
        "before_server_stop",
        "before_serving",
        "listens_for",
        "main_process_start",
        "on_shutdown",
        "on_startup",
        "while_serving",
    ];
    function.decorators.iter().any(|decorator| {
        let (callee, args) = match &definitions[*decorator] {
            Expr::Call { callee, args } => (*callee, &args[..]),
            _ => (*decorator, &[][..]),
        };
        let is_of_lifespan = || {
            let text = args.first().map(|arg| &definitions[arg.value()]);
            matches!(text, Some(Expr::Literal(Literal::Str(text))) if text == "startup" || text == "shutdown")
        };
        matches!(&definitions[callee], Expr::Name(name) | Expr::Attribute { name, .. }
            if EVENTS.contains(&name.as_str()) || (name == "on_event" && is_of_lifespan()))
    })
}

fn is_of_metaclass(names: &Names<'_>, function: FunctionId) -> bool {
    let Some((class, _)) = checked_classes::class_around(names.cx, function) else { return false };
    let class = &names.cx.module.definitions[class];
    let definitions = &names.cx.module.definitions;
    class.bases.iter().any(|base| match &definitions[base.value()] {
        Expr::Name(name) => name == "type" || name.ends_with("Meta") || name.ends_with("MetaClass"),
        _ => false,
    })
}
