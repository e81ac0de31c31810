//! Calls that take an SQL text, and the argument that it is.

use python::{Arg, Body, BodyId, Expr, ExprId};
use view::scope::{Names, chain};

/// The receiver of the text; determines how parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sink {
    /// SQLAlchemy's `text`.
    Text,
    /// A cursor, a connection or a session: `execute`, `fetch`.
    Execute,
    /// `read_sql` of pandas.
    Pandas,
    /// Django's `raw`.
    Raw,
    /// Django's `RawSQL` and `extra`, SQLAlchemy's `literal_column`: a fragment, which need not begin like a statement.
    Fragment,
}

/// The sink that a call is, with its SQL texts.
pub(super) fn sink(
    names: &Names<'_>,
    body: BodyId,
    callee: ExprId,
    args: &[Arg],
) -> Option<(Sink, Vec<ExprId>)> {
    let exprs = names.body(body);
    let (receiver, name) = match &exprs[callee] {
        Expr::Name(name) => (None, name.as_str()),
        Expr::Attribute { value, name } => (Some(*value), name.as_str()),
        _ => return None,
    };
    let sink = match name {
        "execute" | "executemany" | "executescript" | "exec_driver_sql" | "fetch" | "fetchrow"
        | "fetchval" | "fetch_all" | "fetch_one" | "fetch_val" | "scalar" | "scalars" | "exec" | "stream"
        | "iterate" | "copy_expert" | "execute_sql" | "run_sql"
            if receiver.is_some() =>
        {
            Sink::Execute
        }
        "raw" if receiver.is_some_and(|receiver| is_manager(exprs, receiver)) => Sink::Raw,
        "extra" if receiver.is_some() => {
            let texts = args.iter().filter_map(|arg| match arg {
                Arg::Keyword(name, value) if matches!(name.as_str(), "where" | "select" | "tables") => {
                    Some(*value)
                }
                _ => None,
            });
            return Some((Sink::Fragment, texts.flat_map(|value| written_out(exprs, value)).collect()));
        }
        _ => match libraries::sql(&names.outside(body, callee)?)? {
            libraries::Sql::Statement => Sink::Text,
            libraries::Sql::Fragment => Sink::Fragment,
            libraries::Sql::Frame => Sink::Pandas,
        },
    };
    let text = args.iter().find_map(|arg| match arg {
        Arg::Positional(value) => Some(*value),
        Arg::Keyword(name, value)
            if matches!(
                name.as_str(),
                "sql" | "statement" | "query" | "text" | "raw_query" | "operation"
            ) =>
        {
            Some(*value)
        }
        _ => None,
    });
    Some((sink, vec![text?]))
}

/// `Order.objects`, `manager`
fn is_manager(body: &Body, receiver: ExprId) -> bool {
    chain(body, receiver)
        .is_some_and(|(root, attributes)| attributes.first().copied().unwrap_or(root).ends_with("objects"))
}

/// The elements of a list or tuple display, or the expression itself.
fn written_out(body: &Body, value: ExprId) -> Vec<ExprId> {
    match &body[value] {
        Expr::List(items) | Expr::Tuple(items) => items.to_vec(),
        Expr::Dict(entries) => entries.iter().map(|(_, value)| *value).collect(),
        _ => vec![value],
    }
}
