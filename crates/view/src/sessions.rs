//! Calls on database sessions, and queries that begin at a model (`Order.query`), recognized by the form of the call.
//!
//! The receiver's type is determined by its annotation; without one, by its name, as long as the method is one of a
//! session.

use flow::types::annotation::Parameter;
use flow::{FunctionRef, Kind};
use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, FunctionId, Literal};

use crate::scope::{Binding, Meaning, Names, chain};

/// One call.
#[derive(Debug, Clone)]
pub struct SessionCall {
    /// The call.
    pub expr: ExprId,
    /// The callee as written: `session.execute`.
    pub written: String,
    /// The effect of the call.
    pub kind: CallKind,
    /// Whether it begins at a model: `Order.query.all`.
    pub is_of_model: bool,
}

/// The effect of a call on a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallKind {
    /// Reads or writes rows.
    Query,
    /// Registers rows, which are written by the next flush.
    Register,
    /// Ends or flushes a unit of work.
    Unit,
}

/// The session calls in a body, in source order.
pub fn session_calls(names: &Names<'_>, id: BodyId) -> Vec<SessionCall> {
    let body = names.body(id);
    let mut calls = Vec::new();
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let Expr::Call { callee, args } = expr else { continue };
        let Expr::Attribute { value, name } = &body[*callee] else { continue };
        let is_of_documents = OF_DOCUMENTS.contains(&name.as_str());
        let receiver = if is_of_documents { without_subscripts(body, *value) } else { *value };
        let Some((root, attributes)) = chain(body, receiver) else { continue };
        let is_of_model = attributes.first() == Some(&"query");
        let kind = if is_of_model && QUERY_METHODS.contains(&name.as_str()) {
            // `Order.query.filter_by(...)` in Flask-SQLAlchemy.
            let model = attributes.get(1).copied().unwrap_or(root);
            if !model.starts_with(char::is_uppercase) {
                continue;
            }
            CallKind::Query
        } else {
            let Some(kind) = kind_of(body, name, args) else { continue };
            let last = attributes.first().copied().unwrap_or(root);
            let is_it = if is_of_documents {
                attributes.iter().chain([&root]).any(|part| is_store_name(part))
            } else if OF_DRIVERS.contains(&name.as_str()) && is_connection_name(last) {
                is_no_other(names, id, root)
            } else {
                !ONLY_OF_DRIVERS.contains(&name.as_str()) && is_session(names, id, root, &attributes)
            };
            if !is_it {
                continue;
            }
            kind
        };
        let mut written: Vec<&str> = vec![root];
        written.extend(attributes.iter().rev());
        calls.push(SessionCall {
            expr: ExprId(index as u32),
            written: format!("{}.{name}", written.join(".")),
            kind,
            is_of_model,
        });
    }
    calls.sort_by_key(|call| names.span(id, call.expr));
    calls
}

fn kind_of(body: &Body, name: &str, args: &[Arg]) -> Option<CallKind> {
    match name {
        // The first argument of a dictionary's `get` is a string.
        "get" | "get_one" => match args.first()? {
            Arg::Positional(first) if args.len() > 1 => match &body[*first] {
                Expr::Name(model) | Expr::Attribute { name: model, .. } => {
                    model.starts_with(char::is_uppercase).then_some(CallKind::Query)
                }
                _ => None,
            },
            _ => None,
        },
        "execute"
        | "exec"
        | "scalar"
        | "scalars"
        | "query"
        | "stream"
        | "stream_scalars"
        | "bulk_save_objects"
        | "bulk_insert_mappings"
        | "bulk_update_mappings"
        | "executemany"
        | "fetch"
        | "fetch_all"
        | "fetch_one"
        | "fetch_val"
        | "fetchrow"
        | "fetchval" => (!args.is_empty()).then_some(CallKind::Query),
        name if OF_DOCUMENTS.contains(&name) => Some(CallKind::Query),
        "add" | "add_all" | "delete" | "merge" => (!args.is_empty()).then_some(CallKind::Register),
        "commit" | "flush" => args.is_empty().then_some(CallKind::Unit),
        "refresh" => (!args.is_empty()).then_some(CallKind::Unit),
        _ => None,
    }
}

/// Whether `root.attributes` (last attribute first) is a session.
fn is_session(names: &Names<'_>, body: BodyId, root: &str, attributes: &[&str]) -> bool {
    let last = attributes.first().copied().unwrap_or(root);
    if root == "request" || attributes.contains(&"request") {
        return false;
    }
    let by_name = is_session_name(last);
    if !attributes.is_empty() {
        return by_name;
    }
    match names.meaning(body, root) {
        Meaning::Bound(home, [Binding::Parameter(index)]) => match parameter(names, home, *index) {
            Some(is_session) => is_session,
            None => by_name,
        },
        // Flask's `session` and similar names belong to the web framework.
        Meaning::Import(import) => {
            by_name
                && names
                    .outside_import(import)
                    .is_none_or(|full| full.starts_with("sqlalchemy") || full.starts_with("flask_sqlalchemy"))
        }
        Meaning::Bound(home, bindings) => {
            by_name && !bindings.iter().any(|binding| is_made_by_client(names, home, *binding))
        }
        Meaning::Free => by_name,
    }
}

/// Whether the parameter is a session, as far as its annotation or default determines it.
fn parameter(names: &Names<'_>, body: BodyId, index: usize) -> Option<bool> {
    let BodyOwner::Function(function) = names.body(body).owner else { return None };
    let reference = FunctionRef { module: names.cx.id, function };
    match flow::types::annotation::parameter(names.cx.db, names.cx.project, reference, index) {
        Parameter::Known(value) => match value.kind {
            Kind::Session { .. } => Some(true),
            Kind::Unknown => by_annotation(names, function, index),
            _ => Some(false),
        },
        Parameter::Provider(provider) => {
            let returns =
                &flow::query::summary(names.cx.db, names.cx.project, provider.module, provider.function)
                    .returns
                    .kind;
            match returns {
                Kind::Session { .. } => Some(true),
                Kind::Unknown => None,
                _ => Some(false),
            }
        }
        Parameter::Unknown => by_annotation(names, function, index),
    }
}

/// Determines it by the words in an annotation: `aiohttp.ClientSession` is not a database session.
fn by_annotation(names: &Names<'_>, function: FunctionId, index: usize) -> Option<bool> {
    let definitions = &*names.cx.module.definitions;
    let annotation = definitions[function].parameters.get(index)?.annotation?;
    match &definitions[annotation] {
        Expr::Name(name) | Expr::Attribute { name, .. } => match name.as_str() {
            "ClientSession" | "Client" | "AsyncClient" | "dict" | "Request" | "str" => Some(false),
            _ => None,
        },
        Expr::Literal(Literal::Str(name)) if name.contains("Client") => Some(false),
        _ => None,
    }
}

fn is_made_by_client(names: &Names<'_>, body: BodyId, binding: Binding) -> bool {
    let (Binding::Value(made) | Binding::Managed(made)) = binding else { return false };
    let Expr::Call { callee, .. } = &names.body(body)[made] else { return false };
    names.outside(body, *callee).is_some_and(|full| {
        ["requests.", "httpx.", "aiohttp.", "boto3.", "builtins."].iter().any(|it| full.starts_with(it))
    })
}

/// Methods of drivers that send a statement.
const OF_DRIVERS: &[&str] =
    &["execute", "executemany", "fetch", "fetch_all", "fetch_one", "fetch_val", "fetchrow", "fetchval"];

/// Those that no ORM session has.
const ONLY_OF_DRIVERS: &[&str] =
    &["executemany", "fetch", "fetch_all", "fetch_one", "fetch_val", "fetchrow", "fetchval"];

/// Methods of document collections.
const OF_DOCUMENTS: &[&str] = &[
    "count_documents",
    "delete_many",
    "delete_one",
    "find_one",
    "find_one_and_update",
    "insert_many",
    "insert_one",
    "replace_one",
    "update_many",
    "update_one",
];

/// `connection`, `conn`, `cursor`, `database`, `pool`
fn is_connection_name(name: &str) -> bool {
    const ENDS: [&str; 7] = ["conn", "connection", "cur", "cursor", "database", "db", "pool"];
    let name = name.trim_start_matches('_');
    ENDS.iter().any(|end| name.strip_suffix(end).is_some_and(|it| it.is_empty() || it.ends_with('_')))
}

/// `db`, `database`, `mongodb`, `orders_collection`
fn is_store_name(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.ends_with("db") || ["collection", "database", "mongo"].iter().any(|end| name.ends_with(end))
}

/// Whether a name may be a database connection: it is no class or function of another library.
fn is_no_other(names: &Names<'_>, body: BodyId, root: &str) -> bool {
    match names.meaning(body, root) {
        Meaning::Bound(home, bindings) => {
            !bindings.iter().any(|binding| is_made_by_client(names, home, *binding))
        }
        Meaning::Import(import) => names.outside_import(import).is_none(),
        Meaning::Free => true,
    }
}

/// `db` for `db["orders"]`.
fn without_subscripts(body: &Body, expr: ExprId) -> ExprId {
    const MAX_DEPTH: usize = 8;
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        let Expr::Subscript { value, .. } = &body[at] else { break };
        at = *value;
    }
    at
}

/// `session`, `db`, `db_session`, `async_session`
fn is_session_name(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    matches!(name, "session" | "db" | "dbsession" | "sess" | "s") && name != "s"
        || name.ends_with("_session")
            && !["http", "client", "user", "login", "chat", "web"].iter().any(|it| name.starts_with(it))
}

const QUERY_METHODS: &[&str] = &[
    "all",
    "count",
    "delete",
    "filter",
    "filter_by",
    "first",
    "first_or_404",
    "get",
    "get_or_404",
    "join",
    "limit",
    "one",
    "one_or_none",
    "options",
    "order_by",
    "outerjoin",
    "paginate",
    "update",
    "with_entities",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sessions() {
        for name in ["session", "db", "_session", "db_session", "async_session"] {
            assert!(is_session_name(name), "{name}");
        }
        for name in ["http_session", "user_session", "sessions", "cache", "s"] {
            assert!(!is_session_name(name), "{name}");
        }
    }
}
