//! Calls in bodies: applications, routers, engines, containers, sessions.

use libraries::{Kind, Mark};
use python::{Body, BodyOwner, ClassId, Expr, ExprId, Module, Scope, Stmt, StmtId};

use super::bindings::Bindings;
use super::{Amount, Signals, Uses};
use crate::ClassRole;

/// Reads all bodies of the module.
pub(super) fn read(module: &Module, bindings: &Bindings<'_>, signals: &mut Signals) {
    let mut data_access = 0;
    for body in &module.bodies.list {
        let at_import = !matches!(body.owner, BodyOwner::Function(_));
        let is_of_data = is_of_data(module, body, signals);
        for (index, expr) in body.exprs.list.iter().enumerate() {
            match expr {
                Expr::Call { callee, .. } => {
                    let before = signals.marks;
                    read_call(body, *callee, at_import, bindings, signals);
                    let is_new = signals.marks.has(Mark::Engine) && !before.has(Mark::Engine);
                    let call = ExprId(index as u32);
                    let is_no_adapter = || {
                        is_of_data && !is_kept(body, call)
                            || is_constructor(module, body) && is_handed_on(body, call, bindings)
                    };
                    if is_new && is_no_adapter() {
                        signals.marks = before;
                    }
                    data_access += usize::from(is_data_access(body, *callee, bindings, signals.uses));
                }
                Expr::Attribute { .. } | Expr::Subscript { .. } if at_import => {
                    let dotted = bindings.dotted(&body.exprs, ExprId(index as u32));
                    match dotted.as_deref() {
                        Some("kink.di") => signals.marks.set(Mark::Container),
                        Some(dotted) if is_environment(dotted) => signals.marks.set(Mark::ReadsEnvironment),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if !is_of_data && let Some(class) = keeps_handle(module, body, bindings) {
            let known = signals.classes.iter_mut().find(|it| it.name == module.definitions[class].name);
            if let Some(known) = known {
                known.keeps_handle = true;
            }
        }
        if body.owner == BodyOwner::Module && has_main_guard(body) {
            signals.marks.set(Mark::MainGuard);
        }
    }
    signals.data_access = Amount::of(data_access);
    let knows_app = || bindings.all().any(|dotted| libraries::call(dotted) == Some(Mark::CreatesApp));
    if !signals.marks.has(Mark::CreatesApp) && knows_app() {
        signals.marks.set(Mark::TakesApp);
    }
}

/// Whether a body is a method of a class that holds data. What such a class connects to by itself makes no adapter of it: that
/// is what the domain must not do.
fn is_of_data(module: &Module, body: &Body, signals: &Signals) -> bool {
    let BodyOwner::Function(function) = body.owner else { return false };
    let Scope::Class(class) = module.definitions[function].scope else { return false };
    let name = &module.definitions[class].name;
    let known = signals.classes.iter().find(|class| class.name == *name);
    known.is_some_and(|class| matches!(class.role, Some(ClassRole::Data | ClassRole::Schema)))
}

/// Whether a body is a method that makes an object.
fn is_constructor(module: &Module, body: &Body) -> bool {
    let BodyOwner::Function(function) = body.owner else { return false };
    let function = &module.definitions[function];
    function.name == "__init__" && matches!(function.scope, Scope::Class(_))
}

/// Whether what a call opens goes straight into another object, of a class that no library defines:
/// `self.orders = OrderRepository(connect())`. That one is the adapter.
fn is_handed_on(body: &Body, call: ExprId, bindings: &Bindings<'_>) -> bool {
    body.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, args } = expr else { return false };
        args.iter().any(|arg| arg.value() == call)
            && bindings.dotted(&body.exprs, *callee).is_some_and(|dotted| {
                let (_, name) = dotted.rsplit_once('.').unwrap_or(("", &dotted));
                name.starts_with(|letter: char| letter.is_ascii_uppercase())
                    && libraries::kind(&dotted).is_none()
            })
    })
}

/// Whether an object keeps what a call returns: `self.connection = connect()`.
fn is_kept(body: &Body, call: ExprId) -> bool {
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } => {
            *value == call && targets.iter().any(|target| matches!(body[*target], Expr::Attribute { .. }))
        }
        _ => false,
    })
}

/// The class whose constructor a body is, if it opens something of a library and keeps it.
fn keeps_handle(module: &Module, body: &Body, bindings: &Bindings<'_>) -> Option<ClassId> {
    let BodyOwner::Function(function) = body.owner else { return None };
    let function = &module.definitions[function];
    let Scope::Class(class) = function.scope else { return None };
    if function.name != "__init__" || module.definitions[class].scope != Scope::Module {
        return None;
    }
    let is_opened = |value: ExprId| {
        let value = match &body[value] {
            Expr::Await(inner) => *inner,
            _ => value,
        };
        let Expr::Call { callee, .. } = &body[value] else { return false };
        let dotted = bindings.dotted(&body.exprs, *callee);
        dotted.is_some_and(|dotted| libraries::handle(&crate::canonical(&dotted)).is_some())
    };
    let is_of_self = |target: &ExprId| {
        matches!(&body[*target], Expr::Attribute { value, .. }
            if matches!(&body[*value], Expr::Name(root) if root == "self"))
    };
    let keeps = body.stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } => {
            targets.iter().any(is_of_self) && is_opened(*value)
        }
        _ => false,
    });
    keeps.then_some(class)
}

fn read_call(body: &Body, callee: ExprId, at_import: bool, bindings: &Bindings<'_>, signals: &mut Signals) {
    if let Some(dotted) = bindings.dotted(&body.exprs, callee) {
        if let Some(mark) = libraries::call(&dotted) {
            // What a function reads when it is called makes no settings of the module around it.
            if at_import || mark != Mark::ReadsEnvironment {
                signals.marks.set(mark);
            }
            return;
        }
        if at_import && is_environment(&dotted) {
            signals.marks.set(Mark::ReadsEnvironment);
        }
    }
    if at_import
        && let Expr::Name(name) | Expr::Attribute { name, .. } = &body[callee]
        && APP_FACTORIES.contains(&name.as_str())
    {
        signals.marks.set(Mark::CreatesApp);
    }
    let Expr::Attribute { name, .. } = &body[callee] else { return };
    match name.as_str() {
        "include_router" | "add_api_route" | "add_route" | "add_url_rule" | "add_resource"
        | "add_namespace" => {
            signals.marks.set(Mark::IncludesRouter);
        }
        "register_blueprint"
        | "add_middleware"
        | "add_exception_handler"
        | "add_event_handler"
        | "register_error_handler"
        | "init_app"
        | "mount"
        | "wsgi_app"
        | "setup_dishka" => {
            signals.marks.set(Mark::WiresApp);
        }
        "basic_consume" | "start_consuming" | "psubscribe" | "pubsub" => signals.marks.set(Mark::Consumer),
        "create_all" | "reflect" if signals.uses.has(Kind::Orm) => signals.marks.set(Mark::Engine),
        _ => {}
    }
}

fn is_environment(dotted: &str) -> bool {
    dotted == "os.getenv" || dotted == "os.environ" || dotted.starts_with("os.environ.")
}

/// Whether it is a call on something named like a session or connection, on a manager (`Order.objects.filter`), or one
/// that builds a statement (`select(...)`). Names alone suffice, because this only ever adds to other evidence.
fn is_data_access(body: &Body, callee: ExprId, bindings: &Bindings<'_>, uses: Uses) -> bool {
    match &body[callee] {
        Expr::Name(name) => bindings.get(name).is_some_and(|dotted| {
            let outside = dotted.starts_with("sqlalchemy") || dotted.starts_with("sqlmodel");
            outside && matches!(name.as_str(), "select" | "insert" | "update" | "delete" | "text")
        }),
        Expr::Attribute { value, name } => {
            let receiver = match &body[*value] {
                Expr::Name(name) | Expr::Attribute { name, .. } => name.as_str(),
                _ => return false,
            };
            match receiver {
                "objects" => true,
                "query" => uses.has(Kind::Orm) && QUERY_METHODS.contains(&name.as_str()),
                _ => SESSION_METHODS.contains(&name.as_str()) && is_session_name(receiver),
            }
        }
        _ => false,
    }
}

fn is_session_name(name: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "session",
        "db",
        "conn",
        "connection",
        "cursor",
        "database",
        "engine",
        "transaction",
        "collection",
        "tx",
    ];
    let name = name.trim_start_matches('_');
    ENDINGS.iter().any(|ending| {
        name.strip_suffix(ending).is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

fn has_main_guard(body: &Body) -> bool {
    body.root.iter().any(|id: &StmtId| {
        let Stmt::If { test, orelse, .. } = &body[*id] else { return false };
        body.exprs.is_main_guard(*test) || (!orelse.is_empty() && body.exprs.is_import_guard(*test))
    })
}

/// Usual names of functions that create an application.
const APP_FACTORIES: &[&str] = &[
    "app_factory",
    "build_app",
    "create_app",
    "create_application",
    "get_app",
    "get_application",
    "make_app",
    "make_application",
    "setup_app",
];

const QUERY_METHODS: &[&str] =
    &["all", "count", "filter", "filter_by", "first", "get", "get_or_404", "join", "order_by"];

const SESSION_METHODS: &[&str] = &[
    "add",
    "add_all",
    "aggregate",
    "begin",
    "bulk_save_objects",
    "commit",
    "count_documents",
    "delete",
    "delete_many",
    "delete_one",
    "exec",
    "execute",
    "executemany",
    "fetch",
    "fetch_all",
    "fetch_one",
    "fetchall",
    "fetchone",
    "fetchrow",
    "fetchval",
    "find",
    "find_one",
    "flush",
    "get",
    "insert",
    "insert_many",
    "insert_one",
    "merge",
    "query",
    "refresh",
    "rollback",
    "scalar",
    "scalar_one_or_none",
    "scalars",
    "update",
    "update_many",
    "update_one",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_by_name() {
        for name in ["session", "db_session", "_db", "self_conn", "cursor"] {
            assert!(is_session_name(name), "{name}");
        }
        for name in ["obsession", "thread", "requests", "cache"] {
            assert!(!is_session_name(name), "{name}");
        }
    }
}
