//! A query for one row by key, as written.

use model::{Entity, Loading, Member};
use python::{Arg, Expr, ExprId};

use super::Code;

/// A query for one row.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    /// The expression that yields the row, `await` included.
    pub(super) whole: ExprId,
    /// The key.
    pub(super) key: ExprId,
    /// The attribute that it is the key of.
    pub(super) column: String,
    /// The other conditions, as written: nothing in them may depend on the loop.
    pub(super) conditions: Vec<ExprId>,
    /// The kind of query.
    pub(super) kind: Kind,
    /// The class, as written.
    pub(super) class: ExprId,
}

/// How a row is queried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Order.objects.get(pk=...)`, `.filter(pk=...).first()`
    Django {
        /// The receiver of the last method: a manager or a queryset.
        rows: ExprId,
        /// The arguments beside the key, as written.
        more: Vec<String>,
        /// Whether a missing row raises an error.
        raises: bool,
        is_async: bool,
    },
    /// `session.get(Order, ...)`, `session.scalar(select(Order).where(Order.id == ...))`
    Session {
        /// The session; the class if that has its own `query`.
        session: ExprId,
        is_async: bool,
        source: Source,
    },
}

/// Where rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// `select(Order)`
    Statement,
    /// `session.query(Order)`
    Query,
    /// `Order.query`
    Class,
}

/// Methods that return a queryset of the same entity.
const REFINING: [&str; 6] = ["all", "exclude", "filter", "order_by", "prefetch_related", "select_related"];

/// Parses a Django query.
pub(super) fn django(code: &Code<'_>, entity: &Entity, call: ExprId) -> Option<Lookup> {
    let body = code.body;
    let (value, method, args) = method(code, call)?;
    let (rows, conditions, raises) = match method {
        "get" | "aget" => (value, args, true),
        "first" | "afirst" if args.is_empty() => {
            let (rows, filter, conditions) = self::method(code, value)?;
            (filter == "filter").then_some(())?;
            (rows, conditions, false)
        }
        _ => return None,
    };
    let is_async = method.starts_with('a');
    let (class, read) = manager(code, rows)?;
    let mut key = None;
    let mut more = Vec::new();
    let mut others = read;
    for arg in conditions {
        match arg {
            Arg::Keyword(name, value) if key.is_none() && column(entity, name).is_some() => {
                key = Some((column(entity, name)?, *value));
            }
            Arg::Keyword(name, value) => {
                more.push(format!("{name}={}", code.text(*value)));
                others.push(*value);
            }
            Arg::Positional(value) => {
                more.insert(0, code.text(*value).to_owned());
                others.push(*value);
            }
            Arg::Star(_) | Arg::DoubleStar(_) => return None,
        }
    }
    let (column, key) = key?;
    let whole = match code.parent(call) {
        Some(parent) if matches!(&body[parent], Expr::Await(_)) => is_async.then_some(parent)?,
        _ => (!is_async).then_some(call)?,
    };
    let kind = Kind::Django { rows, more, raises, is_async };
    Some(Lookup { whole, key, column, conditions: others, kind, class })
}

/// The class of a manager, through refining methods, with their arguments.
fn manager(code: &Code<'_>, rows: ExprId) -> Option<(ExprId, Vec<ExprId>)> {
    let mut at = rows;
    let mut read = Vec::new();
    while let Some((value, name, args)) = method(code, at) {
        REFINING.contains(&name).then_some(())?;
        args.iter().all(|arg| !matches!(arg, Arg::Star(_) | Arg::DoubleStar(_))).then_some(())?;
        read.extend(args.iter().map(Arg::value));
        at = value;
    }
    match &code.body[at] {
        Expr::Attribute { value, name } if name == "objects" => {
            matches!(&code.body[*value], Expr::Name(_) | Expr::Attribute { .. }).then_some((*value, read))
        }
        _ => None,
    }
}

/// The attribute of a keyword that selects at most one row.
fn column(entity: &Entity, keyword: &str) -> Option<String> {
    let keyword = keyword.strip_suffix("__exact").unwrap_or(keyword);
    let known = |name: &str| match entity.members.get(name) {
        Some(Member::Column(column)) => Some(*column),
        _ => None,
    };
    let own_key =
        entity.members.iter().find(|(_, it)| matches!(it, Member::Column(column) if column.is_primary_key));
    match (keyword, own_key) {
        ("pk", _) | ("id", None) => Some("pk".to_owned()),
        (name, Some((own, _))) if own == name => Some("pk".to_owned()),
        (name, _) => known(name).filter(|column| column.is_unique).map(|_| name.to_owned()),
    }
}

/// Parses a SQLAlchemy query.
pub(super) fn session(code: &Code<'_>, entity: &Entity, call: ExprId) -> Option<Lookup> {
    // Rows with joined collections appear several times.
    let is_joined = entity.members.values().any(
        |member| matches!(member, Member::Relationship(it) if it.is_many && it.loading == Loading::Eager),
    );
    (!is_joined).then_some(())?;
    let (session, name, args) = method(code, call)?;
    if name == "get" {
        let (class, key, (session, source)) = match args {
            [Arg::Positional(class), Arg::Positional(key)] => (*class, *key, (session, Source::Statement)),
            [Arg::Positional(key)] => {
                let (class, from) = queried(code, session)?;
                (class, *key, from)
            }
            _ => return None,
        };
        let column = own_key(entity)?;
        let (whole, is_async) = awaited(code, call);
        let kind = Kind::Session { session, is_async, source };
        return Some(Lookup { whole, key, column, conditions: Vec::new(), kind, class });
    }
    let top = climb(code, call);
    let (_, last, none) = method(code, top.0)?;
    none.is_empty().then_some(()).or_else(|| (last == "scalar").then_some(()))?;
    if let Some(found) = of_query(code, entity, top.0) {
        return Some(found);
    }
    let is_one = matches!(
        (name, last),
        ("scalar", "scalar")
            | ("execute", "scalar" | "scalar_one_or_none")
            | ("scalars" | "exec", "first" | "one_or_none")
    );
    let [Arg::Positional(statement)] = args else { return None };
    is_one.then_some(())?;
    let (select, filter, conditions) = method(code, *statement)?;
    matches!(filter, "where" | "filter").then_some(())?;
    let Expr::Call { callee, args: classes } = &code.body[select] else { return None };
    let is_select = matches!(&code.body[*callee], Expr::Name(name) if name == "select");
    let [Arg::Positional(class)] = &classes[..] else { return None };
    is_select.then_some(())?;
    let (column, key, others) = compared(code, entity, *class, conditions)?;
    let kind = Kind::Session { session, is_async: top.1, source: Source::Statement };
    Some(Lookup { whole: top.0, key, column, conditions: others, kind, class: *class })
}

/// The class of `session.query(Order)` or `Order.query`, and the receiver of the query.
fn queried(code: &Code<'_>, query: ExprId) -> Option<(ExprId, (ExprId, Source))> {
    if let Expr::Attribute { value, name } = &code.body[query] {
        let is_class = name == "query" && matches!(code.body[*value], Expr::Name(_) | Expr::Attribute { .. });
        return is_class.then_some((*value, (*value, Source::Class)));
    }
    let (session, name, classes) = method(code, query)?;
    let [Arg::Positional(class)] = classes else { return None };
    (name == "query").then_some((*class, (session, Source::Query)))
}

/// `session.query(Order).filter(Order.id == key).first()`, `Order.query.filter_by(id=key).first()`
fn of_query(code: &Code<'_>, entity: &Entity, top: ExprId) -> Option<Lookup> {
    let (filtered, last, _) = method(code, top)?;
    matches!(last, "first" | "one_or_none").then_some(())?;
    let (query, filter, conditions) = method(code, filtered)?;
    let (class, (session, source)) = queried(code, query)?;
    let (column, key, others) = match (filter, conditions) {
        ("filter" | "where", conditions) => compared(code, entity, class, conditions)?,
        ("filter_by", [Arg::Keyword(name, key)]) => {
            unique(entity, name)?;
            (name.to_string(), *key, Vec::new())
        }
        _ => return None,
    };
    let kind = Kind::Session { session, is_async: false, source };
    Some(Lookup { whole: top, key, column, conditions: others, kind, class })
}

/// `Order.id == key`, and the conditions beside it.
fn compared(
    code: &Code<'_>,
    entity: &Entity,
    class: ExprId,
    conditions: &[Arg],
) -> Option<(String, ExprId, Vec<ExprId>)> {
    let mut found = None;
    let mut others = Vec::new();
    for condition in conditions {
        let Arg::Positional(condition) = condition else { return None };
        let key = match &code.body[*condition] {
            Expr::Compare { first, rest } if found.is_none() => match (&code.body[*first], &rest[..]) {
                (Expr::Attribute { value, name }, [(op, key)])
                    if op == "=="
                        && code.text(*value) == code.text(class)
                        && unique(entity, name).is_some() =>
                {
                    Some((name.to_string(), *key))
                }
                _ => None,
            },
            _ => None,
        };
        match key {
            Some(key) => found = Some(key),
            None => others.push(*condition),
        }
    }
    let (column, key) = found?;
    Some((column, key, others))
}

fn unique(entity: &Entity, name: &str) -> Option<()> {
    let is_own_key = own_key(entity).is_some_and(|key| key == name);
    let is_unique = matches!(entity.members.get(name), Some(Member::Column(column)) if column.is_unique);
    (is_own_key || is_unique).then_some(())
}

/// The attribute of a single-column primary key.
fn own_key(entity: &Entity) -> Option<String> {
    let mut keys =
        entity.members.iter().filter(|(_, it)| matches!(it, Member::Column(column) if column.is_primary_key));
    match (keys.next(), keys.next()) {
        (Some((name, _)), None) => Some(name.to_string()),
        _ => None,
    }
}

/// The call with the method that takes the row from its result, and whether it is awaited.
fn climb(code: &Code<'_>, call: ExprId) -> (ExprId, bool) {
    const TAKES: [&str; 5] = ["filter", "filter_by", "first", "one_or_none", "scalar_one_or_none"];
    let (mut at, mut is_async) = (call, false);
    while let Some(parent) = code.parent(at) {
        at = match &code.body[parent] {
            Expr::Await(_) => {
                is_async = true;
                parent
            }
            Expr::Attribute { name, .. } if TAKES.contains(&name.as_str()) || name == "scalar" => {
                match code.parent(parent) {
                    Some(call) if matches!(&code.body[call], Expr::Call { callee, .. } if *callee == parent) => {
                        call
                    }
                    _ => break,
                }
            }
            _ => break,
        };
    }
    (at, is_async)
}

fn awaited(code: &Code<'_>, call: ExprId) -> (ExprId, bool) {
    match code.parent(call) {
        Some(parent) if matches!(&code.body[parent], Expr::Await(_)) => (parent, true),
        _ => (call, false),
    }
}

/// `value.name(args)`, looking through a final `await`.
fn method<'c>(code: &Code<'c>, call: ExprId) -> Option<(ExprId, &'c str, &'c [Arg])> {
    let call = match &code.body[call] {
        Expr::Await(inner) => *inner,
        _ => call,
    };
    let Expr::Call { callee, args } = &code.body[call] else { return None };
    match &code.body[*callee] {
        Expr::Attribute { value, name } => Some((*value, name.as_str(), args)),
        _ => None,
    }
}
