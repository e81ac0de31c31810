//! The loop around a query for one row: its iterable, whether that can be iterated twice, and what else the loop does.

use python::{Arg, Expr, ExprId, Literal, Stmt, StmtId};
use source::Span;

use super::Code;
use super::again::{Again, again};
use super::lookup::{Kind, Lookup};

/// A loop.
#[derive(Debug)]
pub(super) struct Walk {
    /// The statement.
    pub(super) stmt: StmtId,
    /// Its target, as written.
    pub(super) target: ExprId,
    /// Its iterable.
    pub(super) iterable: ExprId,
    /// How the iterable is iterated twice.
    pub(super) again: Again,
    /// The key, in terms of the target.
    pub(super) key: ExprId,
    /// Whether the key certainly has the column's type.
    pub(super) is_key_sure: bool,
    /// The statement with the query.
    pub(super) leaf: StmtId,
    /// The `try` that contains only the query and catches a missing row.
    pub(super) guarded: Option<StmtId>,
}

/// Methods that invalidate rows fetched earlier.
const ENDS: [&str; 13] = [
    "commit",
    "delete",
    "expire",
    "expire_all",
    "expunge",
    "expunge_all",
    "invalidate",
    "merge",
    "refresh",
    "refresh_from_db",
    "reset",
    "rollback",
    "select_for_update",
];
/// Reads the loop over `iterable` that contains the query. `None` if querying before the loop could give another
/// result.
pub(super) fn read(code: &Code<'_>, lookup: &Lookup, iterable: ExprId, class: &str) -> Option<Walk> {
    let body = code.body;
    let (stmt, target, block) = body.stmts.iter().enumerate().find_map(|(index, stmt)| match stmt {
        Stmt::For { is_async: false, target, iterable: walked, body: block, .. } if *walked == iterable => {
            Some((StmtId(index as u32), *target, block))
        }
        _ => None,
    })?;
    let place = code.stmt(stmt);
    let whole = code.span(lookup.whole);
    let lines = code.lines();
    lines.before(place.start).trim().is_empty().then_some(())?;
    is_asked_in_order(code, place, whole).then_some(())?;
    let mut path = Vec::new();
    find(code, block, whole, &mut path).then_some(())?;
    let leaf = *path.last()?;
    // The header of the loop is not part of its body.
    let inside = Span::new(code.stmt(*block.first()?).start, place.end);
    let targets: Vec<&str> = names_of(code, target)?;
    let bound = assigned(code, inside);
    if targets.iter().any(|name| bound.iter().any(|(other, _)| other == name)) {
        return None;
    }
    // The other conditions and the receiver of the query are the same in each iteration.
    let fixed = |expr: ExprId| {
        !code.mentions(expr, &targets) && !bound.iter().any(|(name, _)| code.mentions(expr, &[name]))
    };
    let asked_of = match &lookup.kind {
        Kind::Django { .. } => lookup.class,
        Kind::Session { session, .. } => *session,
    };
    if !fixed(asked_of) || !lookup.conditions.iter().all(|condition| fixed(*condition)) {
        return None;
    }
    let key = key(code, lookup, &targets, &bound, block)?;
    let is_conditional = path.len() > 1 || !is_straight(code, block, leaf);
    is_fit(code, key, &targets, is_conditional, block, inside).then_some(())?;
    let guarded = guard(code, lookup, &path)?;
    does_nothing_else(code, lookup, inside, class, guarded).then_some(())?;
    let (target, iterable) = counted(code, target, iterable, key).unwrap_or((target, iterable));
    let again = again(code, iterable, inside)?;
    let is_key_sure = is_sure(code, key, &targets, iterable);
    Some(Walk { stmt, target, iterable, again, key, is_key_sure, leaf, guarded })
}

/// The row and the rows of `for number, row in enumerate(rows)`, if the key depends on the row alone.
fn counted(code: &Code<'_>, target: ExprId, iterable: ExprId, key: ExprId) -> Option<(ExprId, ExprId)> {
    let Expr::Call { callee, args } = &code.body[iterable] else { return None };
    let (Expr::Tuple(targets), [Arg::Positional(rows), ..]) = (&code.body[target], &args[..]) else {
        return None;
    };
    let [number, row] = &targets[..] else { return None };
    let Expr::Name(number) = &code.body[*number] else { return None };
    let is_counted = matches!(&code.body[*callee], Expr::Name(name) if name == "enumerate");
    (is_counted && !code.mentions(key, &[number])).then_some((*row, *rows))
}

/// Whether nothing between the loop and the query changes the order of execution: no other loop, comprehension or
/// lambda.
fn is_asked_in_order(code: &Code<'_>, place: Span, whole: Span) -> bool {
    let stmts = code.body.stmts.iter().enumerate().filter(|(_, stmt)| {
        matches!(stmt, Stmt::For { .. } | Stmt::While { .. } | Stmt::Function(_) | Stmt::Class(_))
    });
    let mut inner = stmts.map(|(index, _)| code.stmt(StmtId(index as u32)));
    let exprs = code.body.exprs.list.iter().enumerate().filter(|(_, expr)| {
        matches!(expr, Expr::Comprehension { .. } | Expr::Lambda { .. } | Expr::Yield(_) | Expr::YieldFrom(_))
    });
    let mut around = exprs.map(|(index, _)| code.span(ExprId(index as u32)));
    !inner.any(|span| span != place && place.contains(span) && span.contains(whole))
        && !around.any(|span| span.contains(whole))
}

/// The statements down to the one with the query.
fn find(code: &Code<'_>, block: &[StmtId], whole: Span, path: &mut Vec<StmtId>) -> bool {
    let Some(stmt) = block.iter().find(|stmt| code.stmt(**stmt).contains(whole)) else { return false };
    path.push(*stmt);
    match &code.body[*stmt] {
        Stmt::If { test, body, orelse } => {
            code.span(*test).contains(whole)
                || find(code, body, whole, path)
                || find(code, orelse, whole, path)
        }
        Stmt::Try { body, .. } => find(code, body, whole, path),
        Stmt::With { .. } | Stmt::Match { .. } => false,
        _ => true,
    }
}

/// The names of a target: one, or several if unpacked.
fn names_of<'c>(code: &Code<'c>, target: ExprId) -> Option<Vec<&'c str>> {
    match &code.body[target] {
        Expr::Name(name) => Some(vec![name.as_str()]),
        Expr::Tuple(items) | Expr::List(items) => {
            let names = items.iter().map(|item| names_of(code, *item)).collect::<Option<Vec<_>>>()?;
            Some(names.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// The names bound in a span, with the value if it is a plain assignment.
pub(super) fn assigned<'c>(code: &Code<'c>, place: Span) -> Vec<(&'c str, Option<(StmtId, ExprId)>)> {
    let mut found = Vec::new();
    let mut bind = |target: ExprId, value| {
        for part in code.parts(target) {
            if let Expr::Name(name) = &code.body[part] {
                // `order.paid = True` binds nothing.
                let is_bound = matches!(
                    code.body[target],
                    Expr::Name(_) | Expr::Tuple(_) | Expr::List(_) | Expr::Starred(_)
                );
                if is_bound {
                    found.push((name.as_str(), value));
                }
            }
        }
    };
    for (index, stmt) in code.body.stmts.iter().enumerate() {
        let id = StmtId(index as u32);
        if !place.contains(code.stmt(id)) {
            continue;
        }
        match stmt {
            Stmt::Assign { targets, value, .. } => {
                for target in targets {
                    let plain = matches!(code.body[*target], Expr::Name(_)).then_some(*value).flatten();
                    bind(*target, plain.map(|value| (id, value)));
                }
            }
            Stmt::AugAssign { target, .. } | Stmt::For { target, .. } => bind(*target, None),
            Stmt::With { items, .. } => {
                items.iter().filter_map(|item| item.target).for_each(|target| bind(target, None));
            }
            Stmt::Delete(targets) => targets.iter().for_each(|target| bind(*target, None)),
            _ => {}
        }
    }
    for (index, expr) in code.body.exprs.list.iter().enumerate() {
        if let Expr::Walrus { target, .. } = expr
            && place.contains(code.span(ExprId(index as u32)))
        {
            found.push((target.as_str(), None));
        }
    }
    found
}

/// The key in terms of the target: itself, or the value just assigned to its name.
fn key(
    code: &Code<'_>,
    lookup: &Lookup,
    targets: &[&str],
    bound: &[(&str, Option<(StmtId, ExprId)>)],
    block: &[StmtId],
) -> Option<ExprId> {
    let is_of_target = |expr: ExprId| {
        code.mentions(expr, targets) && !bound.iter().any(|(name, _)| code.mentions(expr, &[name]))
    };
    if is_of_target(lookup.key) {
        return Some(lookup.key);
    }
    let Expr::Name(name) = &code.body[lookup.key] else { return None };
    let mut values = bound.iter().filter(|(other, _)| other == name);
    let ((_, Some((stmt, value))), None) = (values.next()?, values.next()) else { return None };
    (block.contains(stmt) && is_of_target(*value)).then_some(*value)
}

/// Whether nothing before the statement leaves the iteration.
fn is_straight(code: &Code<'_>, block: &[StmtId], leaf: StmtId) -> bool {
    block
        .iter()
        .take_while(|stmt| **stmt != leaf)
        .all(|stmt| matches!(code.body[*stmt], Stmt::Assign { .. } | Stmt::Expr(_) | Stmt::AugAssign { .. }))
}

/// Whether the key of each element can be read before anything else is done with it.
fn is_fit(
    code: &Code<'_>,
    key: ExprId,
    targets: &[&str],
    is_conditional: bool,
    block: &[StmtId],
    inside: Span,
) -> bool {
    let of_target =
        |value: ExprId| matches!(&code.body[value], Expr::Name(name) if targets.contains(&name.as_str()));
    let is_plain = match &code.body[key] {
        Expr::Name(_) => return true,
        Expr::Attribute { value, name } => {
            // Values that the loop writes there would be missed.
            let is_written = code.body.stmts.iter().enumerate().any(|(index, stmt)| match stmt {
                Stmt::Assign { targets, .. } => {
                    inside.contains(code.stmt(StmtId(index as u32)))
                        && targets.iter().any(
                            |target| matches!(&code.body[*target], Expr::Attribute { name: other, .. } if other == name),
                        )
                }
                _ => false,
            });
            if is_written {
                return false;
            }
            of_target(*value)
        }
        Expr::Subscript { value, index } => {
            let is_text = matches!(code.body[*index], Expr::Literal(Literal::Str(_) | Literal::Int(_)));
            return of_target(*value) && is_text && !is_conditional;
        }
        Expr::Call { callee, args } => {
            let is_conversion = matches!(&code.body[*callee], Expr::Name(name) if matches!(name.as_str(), "int" | "str" | "UUID"));
            let [Arg::Positional(inner)] = &args[..] else { return false };
            return is_conversion
                && !is_conditional
                && is_fit(code, *inner, targets, is_conditional, block, inside);
        }
        _ => false,
    };
    // An element that a condition rules out may lack the attribute.
    let tests_element = block.iter().any(|stmt| match &code.body[*stmt] {
        Stmt::If { test, .. } => code.parts(*test).into_iter().any(|part| {
            of_target(part)
                && code.parent(part).is_none_or(|parent| {
                    !matches!(code.body[parent], Expr::Attribute { .. } | Expr::Subscript { .. })
                })
        }),
        _ => false,
    });
    is_plain && !(is_conditional && tests_element)
}

/// The `try` that contains only the query; `None` if a `try` around the query could catch its errors.
#[expect(clippy::option_option, reason = "none that matters, none that can be kept, one to be replaced")]
fn guard(code: &Code<'_>, lookup: &Lookup, path: &[StmtId]) -> Option<Option<StmtId>> {
    let leaf = *path.last()?;
    let raises = matches!(lookup.kind, Kind::Django { raises: true, .. });
    let plain = matches!(&code.body[leaf], Stmt::Assign { targets, value: Some(value), .. }
        if *value == lookup.whole
            && matches!(&targets[..], [target] if matches!(code.body[*target], Expr::Name(_))));
    if raises && !plain {
        return None;
    }
    let mut found = None;
    for (index, stmt) in path.iter().enumerate() {
        let Stmt::Try { body, handlers, orelse, finally } = &code.body[*stmt] else { continue };
        let catches_absence = |handler: &python::Handler| {
            handler.exception.is_some_and(|exception| match &code.body[exception] {
                Expr::Attribute { name, .. } => name == "DoesNotExist" || name == "ObjectDoesNotExist",
                Expr::Name(name) => name == "ObjectDoesNotExist",
                _ => false,
            })
        };
        handlers.iter().all(catches_absence).then_some(())?;
        let is_all = index + 2 == path.len()
            && body.len() == 1
            && matches!(&handlers[..], [only] if only.name.is_none())
            && orelse.is_empty()
            && finally.is_empty();
        if raises && is_all {
            found = Some(*stmt);
        }
    }
    Some(found)
}

/// Whether the loop uses no rows of the entity except those that it was given.
fn does_nothing_else(
    code: &Code<'_>,
    lookup: &Lookup,
    inside: Span,
    class: &str,
    guarded: Option<StmtId>,
) -> bool {
    let whole = code.span(lookup.whole);
    let lines = code.lines();
    let handler = guarded.and_then(|stmt| match &code.body[stmt] {
        Stmt::Try { handlers, .. } => handlers.first()?.exception,
        _ => None,
    });
    let last = class.rsplit('.').next().unwrap_or(class);
    code.body.exprs.list.iter().enumerate().all(|(index, expr)| {
        let id = ExprId(index as u32);
        let span = code.span(id);
        if !inside.contains(span) || whole.contains(span) {
            return true;
        }
        match expr {
            Expr::Call { callee, .. } => match &code.body[*callee] {
                Expr::Attribute { name, .. } => !ENDS.contains(&name.as_str()),
                _ => true,
            },
            // The class may be compared with and caught, but not written to.
            Expr::Name(name) if name == last => {
                let is_caught = handler.is_some_and(|handler| code.span(handler).contains(span));
                let follows = lines.text.get(span.end as usize..).unwrap_or_default();
                is_caught || follows.starts_with(".DoesNotExist")
            }
            _ => true,
        }
    })
}

/// Whether the key has the column's type: it is an attribute of a row, or an element annotated as a number.
fn is_sure(code: &Code<'_>, key: ExprId, targets: &[&str], iterable: ExprId) -> bool {
    match &code.body[key] {
        Expr::Attribute { value, name } => {
            let is_key = name == "id" || name == "pk" || name.ends_with("_id");
            is_key && matches!(&code.body[*value], Expr::Name(row) if targets.contains(&row.as_str()))
        }
        Expr::Call { callee, .. } => {
            matches!(&code.body[*callee], Expr::Name(name) if name == "int" || name == "UUID")
        }
        Expr::Name(_) => {
            let Expr::Name(walked) = &code.body[iterable] else { return false };
            let python::BodyOwner::Function(function) = code.body.owner else { return false };
            let definitions = &code.cx.module.definitions;
            let parameter = definitions[function].parameters.iter().find(|it| it.name == *walked);
            let annotation = parameter.and_then(|it| it.annotation);
            annotation.is_some_and(|annotation| {
                let written = code.lines().slice(code.cx.module.spans.signature(annotation));
                written.contains("[int") || written.contains("UUID") || written.contains("Id]")
            })
        }
        _ => false,
    }
}
