//! Reads of the environment that no configuration could take over.

use python::{Arg, Body, BodyId, BodyOwner, Expr, ExprId, Name};
use view::environment::{Missing, Read};
use view::scope::Names;

use crate::dependencies::shape::Shape;

/// What the SDKs of vendors read themselves: asking for it is asking what they will do.
const VENDORS: &[&str] = &["AWS_", "AZURE_", "CLOUDSDK_", "GCLOUD", "GCP_", "GOOGLE_", "OTEL_"];

/// What writes text for people.
const LOGS: &[&str] = &["critical", "debug", "error", "exception", "info", "log", "print", "warn", "warning"];

/// Whether nobody could be told to read it elsewhere.
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

/// Whether the body asks of several variables whether they are set: it tells what is missing.
fn lists_missing(reads: &[Read], read: &Read) -> bool {
    let asked = |it: &&Read| it.body == read.body && it.missing == Missing::Asked;
    read.missing == Missing::Asked && reads.iter().filter(asked).count() > 1
}

/// Whether the body takes the environment as a whole: `dict(os.environ)`, `{**os.environ}`, `os.environ.copy()`.
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
