//! What says whether an entry of a cache still holds, kept beside it: `if expires[key] > now: return known[key]`.

use python::{Arg, Body, Expr, ExprId, Stmt};

/// The caches of a body and the containers that say for the same key whether an entry holds: the body sets both, and
/// counts on neither.
pub(super) fn containers(body: &Body) -> Vec<ExprId> {
    let mut found = Vec::new();
    for stmt in &body.stmts {
        let Stmt::If { test, body: block, .. } = stmt else { continue };
        let kept = block.iter().filter_map(|id| match &body[*id] {
            Stmt::Return(Some(value)) => entry(body, *value),
            _ => None,
        });
        for (cache, key) in kept {
            let mut open = vec![*test];
            while let Some(at) = open.pop() {
                body[at].for_each_child(|child| open.push(child));
                let Some((index, other)) = entry(body, at) else { continue };
                if is_same(body, key, other)
                    && !is_same(body, cache, index)
                    && is_set(body, cache, key)
                    && is_set(body, index, key)
                {
                    found.extend([cache, index]);
                }
            }
        }
    }
    found
}

/// The container and the key of `known[key]` or `known.get(key)`.
fn entry(body: &Body, at: ExprId) -> Option<(ExprId, ExprId)> {
    match &body[at] {
        Expr::Subscript { value, index } => Some((*value, *index)),
        Expr::Call { callee, args } => match (&body[*callee], args.first()) {
            (Expr::Attribute { value, name }, Some(Arg::Positional(key))) if name == "get" => {
                Some((*value, *key))
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_same(body: &Body, left: ExprId, right: ExprId) -> bool {
    body.exprs.dotted(left).is_some_and(|name| body.exprs.dotted(right).is_some_and(|other| other == name))
}

/// Whether a body sets the entry, to something that doesn't go on from what the container holds.
fn is_set(body: &Body, container: ExprId, key: ExprId) -> bool {
    let is_it = |at: ExprId| {
        entry(body, at).is_some_and(|(of, other)| is_same(body, of, container) && is_same(body, other, key))
    };
    let goes_on = |value: ExprId| {
        let mut open = vec![value];
        while let Some(at) = open.pop() {
            if is_it(at) {
                return true;
            }
            body[at].for_each_child(|child| open.push(child));
        }
        false
    };
    let mut sets = body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } if targets.iter().any(|it| is_it(*it)) => {
            Some(goes_on(*value))
        }
        Stmt::AugAssign { target, .. } if is_it(*target) => Some(true),
        _ => None,
    });
    // `all` of nothing holds.
    let first = sets.next();
    first == Some(false) && sets.all(|goes_on| !goes_on)
}
