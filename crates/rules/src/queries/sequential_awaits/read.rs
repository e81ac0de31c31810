//! Which awaited calls only fetch something over the network, and share nothing that can't be used concurrently.
//!
//! A database session, a transaction, a web socket or a file must not be used by two tasks at the same time, and what
//! is sent may have to be sent in order. So only two kinds of calls qualify: reading verbs of an HTTP client, and
//! functions of the project named after reading, in modules that use HTTP and no database.

mod gateway;

use model::{Amount, Target};
use python::{Arg, Body, BodyId, BodyOwner, Definitions, Expr, ExprId, FunctionId, Scope, Stmt};
use view::Context;
use view::scope::{Binding, Meaning, Names, chain};

/// Expressions nested deeper count as shared.
const MAX_DEPTH: usize = 16;

/// Whether `await call` reads over the network, with a call that can run concurrently with others like it.
pub(super) fn reads_alone(names: &Names<'_>, body: BodyId, call: ExprId) -> bool {
    let exprs = names.body(body);
    let Expr::Call { callee, args } = &exprs[call] else { return false };
    let fetches = match &exprs[*callee] {
        Expr::Attribute { value, name } if matches!(name.as_str(), "get" | "head") => {
            is_client(names, body, *value) || reads_by_name(names, body, *callee)
        }
        Expr::Attribute { .. } | Expr::Name(_) => reads_by_name(names, body, *callee),
        _ => false,
    };
    fetches
        && args.iter().all(|arg| !matches!(arg, Arg::DoubleStar(_) | Arg::Star(_)))
        && args.iter().all(|arg| is_plain(names, body, arg.value(), 0))
}

/// Whether `async with call as response` opens a reading request of an HTTP client.
pub(super) fn opens_request(names: &Names<'_>, body: BodyId, call: ExprId) -> bool {
    let exprs = names.body(body);
    let Expr::Call { callee, args } = &exprs[call] else { return false };
    let Expr::Attribute { value, name } = &exprs[*callee] else { return false };
    matches!(name.as_str(), "get" | "head")
        && is_client(names, body, *value)
        && args.iter().all(|arg| !matches!(arg, Arg::DoubleStar(_) | Arg::Star(_)))
        && args.iter().all(|arg| is_plain(names, body, arg.value(), 0))
}

/// Whether an argument is data, with no connection in it.
fn is_plain(names: &Names<'_>, body: BodyId, expr: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let exprs = names.body(body);
    let plain = |id: ExprId| is_plain(names, body, id, depth + 1);
    match &exprs[expr] {
        // An f-string turns its values into text.
        Expr::Literal(_) | Expr::FString(_) => true,
        Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => items.iter().all(|item| plain(*item)),
        Expr::Dict(entries) => entries.iter().all(|(_, value)| plain(*value)),
        Expr::Binary { left, right, .. } => plain(*left) && plain(*right),
        Expr::Subscript { value, .. } => plain(*value),
        Expr::Attribute { value, name } => !is_shared_name(name) && plain(*value),
        Expr::Call { callee, args } => match &exprs[*callee] {
            Expr::Name(name)
                if matches!(name.as_str(), "str" | "int" | "float" | "dict" | "list" | "len") =>
            {
                args.iter().all(|arg| plain(arg.value()))
            }
            _ => false,
        },
        Expr::Name(name) => {
            if is_client(names, body, expr) {
                return true;
            }
            if is_shared_name(name) {
                return false;
            }
            match names.meaning(body, name) {
                Meaning::Bound(home, bindings) => bindings.iter().all(|binding| match binding {
                    Binding::Element(..) => true,
                    Binding::Value(value) => home == body && depth < 4 && plain(*value),
                    Binding::Parameter(index) => is_plain_parameter(names, home, *index),
                    _ => false,
                }),
                // Settings and constants of a module, and clients created at module level.
                Meaning::Import(_) => name.chars().all(|letter| !letter.is_lowercase()),
                Meaning::Free => false,
            }
        }
        _ => is_client(names, body, expr),
    }
}

/// `db`, `session`, `conn`, and other things that only one task may use at a time.
fn is_shared_name(name: &str) -> bool {
    const WORDS: [&str; 17] = [
        "db",
        "session",
        "conn",
        "connection",
        "cursor",
        "transaction",
        "tx",
        "uow",
        "lock",
        "ws",
        "websocket",
        "writer",
        "stream",
        "file",
        "channel",
        "page",
        "browser",
    ];
    let lower = name.to_ascii_lowercase();
    lower.split('_').any(|word| WORDS.contains(&word))
}

/// A parameter annotated as data.
fn is_plain_parameter(names: &Names<'_>, body: BodyId, index: usize) -> bool {
    const TYPES: [&str; 12] = [
        "str", "int", "float", "bool", "bytes", "UUID", "date", "datetime", "list", "dict", "Sequence",
        "Literal",
    ];
    let BodyOwner::Function(function) = names.body(body).owner else { return false };
    let definitions = &*names.cx.module.definitions;
    let annotation = definitions[function].parameters.get(index).and_then(|it| it.annotation);
    let Some(annotation) = annotation else { return false };
    if outside_type(names, annotation).is_some_and(|full| libraries::is_shared_client(&full)) {
        return true;
    }
    let mut at = annotation;
    for _ in 0..MAX_DEPTH {
        match &definitions[at] {
            Expr::Name(name) | Expr::Attribute { name, .. } => return TYPES.contains(&name.as_str()),
            Expr::Subscript { value, index } => match &definitions[*value] {
                Expr::Name(name) if name == "Optional" => at = *index,
                _ => at = *value,
            },
            // `str | None`
            Expr::Binary { left, .. } => at = *left,
            _ => return false,
        }
    }
    false
}

/// Whether `expr` is an asynchronous HTTP client.
fn is_client(names: &Names<'_>, body: BodyId, expr: ExprId) -> bool {
    let exprs = names.body(body);
    match &exprs[expr] {
        Expr::Name(name) => match names.meaning(body, name) {
            Meaning::Bound(home, [Binding::Managed(made) | Binding::Value(made)]) => {
                makes_client(names, home, *made)
            }
            Meaning::Bound(home, [Binding::Parameter(index)]) => {
                let BodyOwner::Function(function) = names.body(home).owner else { return false };
                let parameters = &names.cx.module.definitions[function].parameters;
                parameters.get(*index).and_then(|it| it.annotation).is_some_and(|annotation| {
                    outside_type(names, annotation).is_some_and(|full| libraries::is_shared_client(&full))
                })
            }
            _ => false,
        },
        Expr::Attribute { value, name } if matches!(&exprs[*value], Expr::Name(root) if root == "self") => {
            names.bodies().any(|(id, other)| stores_client(names, id, other, name))
        }
        _ => false,
    }
}

fn makes_client(names: &Names<'_>, body: BodyId, made: ExprId) -> bool {
    let Expr::Call { callee, .. } = &names.body(body)[made] else { return false };
    names.outside(body, *callee).is_some_and(|full| libraries::is_shared_client(&full))
}

/// Whether a body contains `self.name = httpx.AsyncClient(...)`, or keeps a client that it is given.
fn stores_client(names: &Names<'_>, id: BodyId, body: &Body, name: &str) -> bool {
    body.stmts.iter().any(|stmt| {
        let Stmt::Assign { targets, value: Some(value), .. } = stmt else { return false };
        let stores = |target: &ExprId| matches!(&body[*target], Expr::Attribute { name: stored, .. } if stored == name);
        let is_given = || matches!(&body[*value], Expr::Name(_)) && is_client(names, id, *value);
        targets.iter().any(stores) && (makes_client(names, id, *value) || is_given())
    })
}

/// The full third-party name of a type in an annotation.
fn outside_type(names: &Names<'_>, annotation: ExprId) -> Option<String> {
    let dotted = names.cx.module.definitions.exprs.dotted(annotation)?;
    let (root, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    let Meaning::Import(import) = names.meaning(BodyId(0), root) else { return None };
    let full = names.outside_import(import)?;
    Some(if rest.is_empty() { full } else { format!("{full}.{rest}") })
}

/// Whether the callee is an async function of the project named after reading, in a module that uses HTTP and no
/// database, and that keeps nothing.
fn reads_by_name(names: &Names<'_>, body: BodyId, callee: ExprId) -> bool {
    let exprs = names.body(body);
    let Some((root, attributes)) = chain(exprs, callee) else { return false };
    let last = attributes.first().copied().unwrap_or(root);
    let own = &names.cx.module.definitions;
    match (root, &attributes[..]) {
        // A method of what the class keeps, or of a parameter: what it does decides as well as its name.
        ("self", [name, attribute]) => {
            let BodyOwner::Function(function) = exprs.owner else { return false };
            gateway::in_attribute(names.cx, function, attribute, name)
        }
        (_, [name])
            if let Meaning::Bound(home, [Binding::Parameter(index)]) = names.meaning(body, root)
                && let BodyOwner::Function(function) = names.body(home).owner =>
        {
            gateway::in_parameter(names.cx, function, *index, name)
        }
        _ if !is_reading(last) => false,
        ("self", [name]) => {
            let BodyOwner::Function(function) = exprs.owner else { return false };
            let class = own[function].scope;
            let method = own.functions().find(|(_, it)| it.scope == class && it.name == *name);
            method.is_some_and(|(id, method)| {
                let body = &names.cx.module.bodies[method.body];
                method.is_async
                    && !method.is_generator
                    && !queries(names.cx, names.cx.id, id)
                    && talks_http(names.cx, names.cx.file)
                    && !stores_on_self(body)
            })
        }
        (_, []) => match names.meaning(body, root) {
            Meaning::Bound(BodyId(0), _) => in_module(names, names.cx.id, root),
            Meaning::Import(import) => match names.target(import) {
                Some(Target::Symbol { origin, origin_name, .. }) => in_module(names, *origin, origin_name),
                _ => false,
            },
            _ => false,
        },
        (_, [name]) => match names.meaning(body, root) {
            Meaning::Import(import) => match names.target(import) {
                Some(Target::Module(module)) => in_module(names, *module, name),
                Some(Target::Symbol { origin, origin_name, .. }) if origin_name.is_empty() => {
                    in_module(names, *origin, name)
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

fn in_module(names: &Names<'_>, module: model::ModuleId, name: &str) -> bool {
    let file = names.cx.file_of(module);
    let definitions = python::query::definitions(names.cx.db, file);
    let function = async_function(&definitions, name);
    function.is_some_and(|function| !queries(names.cx, module, function)) && talks_http(names.cx, file)
}

fn async_function(definitions: &Definitions, name: &str) -> Option<FunctionId> {
    let mut found = definitions.functions().filter(|(_, it)| it.scope == Scope::Module && it.name == name);
    found.next().filter(|(_, it)| it.is_async && !it.is_generator).map(|(id, _)| id)
}

/// Whether a function queries a database: only one task may use its session at a time.
fn queries(cx: &Context<'_>, module: model::ModuleId, function: FunctionId) -> bool {
    let summary = flow::query::summary(cx.db, cx.project, module, function);
    summary.effects.iter().any(|effect| matches!(effect.kind, flow::EffectKind::Query { .. }))
}

fn talks_http(cx: &Context<'_>, file: source::File) -> bool {
    let signals = model::query::signals(cx.db, file);
    let imports = python::query::imports(cx.db, file);
    let has = |package: &str| {
        imports
            .list
            .iter()
            .any(|import| import.module.split('.').next().is_some_and(|first| first == package))
    };
    // A session of `aiohttp` has the same name as one of a database.
    (has("httpx") && signals.data_access == Amount::None || has("aiohttp"))
        && !signals.uses.has(libraries::Kind::Orm)
        && !signals.uses.has(libraries::Kind::Driver)
        && !signals.uses.has(libraries::Kind::Broker)
}

fn stores_on_self(body: &Body) -> bool {
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, .. } => targets
            .iter()
            .any(|target| matches!(&body[*target], Expr::Attribute { .. } | Expr::Subscript { .. })),
        Stmt::AugAssign { target, .. } => !matches!(&body[*target], Expr::Name(_)),
        _ => false,
    })
}

/// `get_rates`, `fetch_order`
fn is_reading(name: &str) -> bool {
    const VERBS: [&str; 8] = ["get", "fetch", "load", "read", "download", "lookup", "find", "retrieve"];
    let first = name.trim_start_matches('_').split('_').next().unwrap_or_default();
    VERBS.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_read_and_names_that_are_shared() {
        for name in ["get_rates", "fetch", "_load_page"] {
            assert!(is_reading(name), "{name}");
        }
        for name in ["getter", "send", "update_rates", "acquire"] {
            assert!(!is_reading(name), "{name}");
        }
        for name in ["db", "db_session", "conn", "read_file"] {
            assert!(is_shared_name(name), "{name}");
        }
        assert!(!is_shared_name("order"));
    }
}
