//! Reads of the environment that can't be moved into the configuration.

use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, Literal, Name, Stmt};
use view::environment::{Missing, Read};
use view::scope::Names;

use crate::dependencies::shape::Shape;

/// Variables that vendors' SDKs read themselves: reading one means predicting what the SDK will do.
const VENDORS: &[&str] = &["AWS_", "AZURE_", "CLOUDSDK_", "GCLOUD", "GCP_", "GOOGLE_", "OTEL_"];

/// Functions that write text for people.
const LOGS: &[&str] = &["critical", "debug", "error", "exception", "info", "log", "print", "warn", "warning"];

/// Whether the read has a good reason to be where it is.
pub(super) fn is_excused(names: &Names<'_>, reads: &[Read], read: &Read) -> bool {
    if VENDORS.iter().any(|start| read.name.starts_with(start)) {
        return true;
    }
    let body = names.body(read.body);
    let parameters: Vec<Name> = match body.owner {
        BodyOwner::Function(function) => {
            names.cx.module.definitions[function].parameters.iter().map(|it| it.name.clone()).collect()
        }
        BodyOwner::Module | BodyOwner::Class(_) => Vec::new(),
    };
    let shape = Shape::of(body, &parameters);
    shape.is_fallback(body, read.expr, &parameters)
        || shape.around(read.expr).skip(1).any(|around| is_log(body, around))
        || lists_missing(reads, read)
        || collects(names, read.body)
        || puts_back(names, read)
        || passes_to_child(body, read)
}

/// `logger.info(...)`, `print(...)`
fn is_log(body: &Body, expr: ExprId) -> bool {
    let Expr::Call { callee, .. } = &body[expr] else { return false };
    match &body[*callee] {
        Expr::Name(name) => name == "print",
        Expr::Attribute { name, .. } => LOGS.contains(&name.as_str()),
        _ => false,
    }
}

/// Whether the body checks whether several variables are set: it reports what is missing.
fn lists_missing(reads: &[Read], read: &Read) -> bool {
    let asked = |it: &&Read| it.body == read.body && it.missing == Missing::Checked;
    read.missing == Missing::Checked && reads.iter().filter(asked).count() > 1
}

/// Whether the body also sets the variable: it saves the old value to restore it, or prepares it for others.
fn puts_back(names: &Names<'_>, read: &Read) -> bool {
    let body = names.body(read.body);
    let is_it = |target: &ExprId| match &body[*target] {
        Expr::Subscript { value, index } => {
            is_text(body, *index, &read.name)
                && names.outside(read.body, *value).is_some_and(|full| full == "os.environ")
        }
        _ => false,
    };
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::Assign { targets, .. } | Stmt::Delete(targets) => targets.iter().any(is_it),
        _ => false,
    })
}

/// Whether the variable is passed on under its own name: `{"LD_LIBRARY_PATH": os.getenv("LD_LIBRARY_PATH")}` is the
/// environment of another process.
fn passes_to_child(body: &Body, read: &Read) -> bool {
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Dict(entries) => entries.iter().any(|(key, value)| {
            key.is_some_and(|key| is_text(body, key, &read.name)) && contains(body, *value, read.expr)
        }),
        _ => false,
    })
}

fn is_text(body: &Body, expr: ExprId, text: &str) -> bool {
    matches!(&body[expr], Expr::Literal(Literal::Str(it)) if it == text)
}

/// Whether an expression is `inner`, or contains it.
fn contains(body: &Body, expr: ExprId, inner: ExprId) -> bool {
    // Children come before parents, so the walk terminates.
    let mut open = vec![expr];
    while let Some(at) = open.pop() {
        if at == inner {
            return true;
        }
        body[at].for_each_child(|child| open.push(child));
    }
    false
}

/// Whether the body reads the environment as a whole: `dict(os.environ)`, `{**os.environ}`, `os.environ.copy()`.
fn collects(names: &Names<'_>, id: BodyId) -> bool {
    let body = names.body(id);
    let is_whole = |expr: ExprId| names.outside(id, expr).is_some_and(|full| full == "os.environ");
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Call { args, .. } => args.iter().map(Arg::value).any(is_whole),
        Expr::Dict(entries) => entries.iter().any(|(key, value)| key.is_none() && is_whole(*value)),
        Expr::Attribute { value, name } => {
            matches!(name.as_str(), "copy" | "items" | "keys" | "values") && is_whole(*value)
        }
        _ => false,
    })
}
