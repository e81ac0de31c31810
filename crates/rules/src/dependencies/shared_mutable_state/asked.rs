//! Containers that a body asks whether they have something already, as a cache is asked.

use python::{Arg, Body, Expr, ExprId, Literal, Stmt, StmtId};

/// Containers that a body tests for membership: `key in x`, `x.get(key)`. A body that raises if the key is present, or
/// missing, keeps what callers pass: that is not a cache. Nor is what is counted on from what is there, or held against it.
pub(super) fn containers(body: &Body) -> Vec<ExprId> {
    let refuses = |block: &[StmtId]| block.iter().any(|id| matches!(body[*id], Stmt::Raise { .. }));
    let refused: Vec<ExprId> = body
        .stmts
        .iter()
        .filter_map(|stmt| match stmt {
            Stmt::If { test, body: block, .. } if refuses(block) => Some(*test),
            _ => None,
        })
        .collect();
    let counted = counted_on(body);
    let mut asked = Vec::new();
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let id = ExprId(index as u32);
        match expr {
            Expr::Compare { rest, .. } if !refused.contains(&id) && !counted.contains(&id) => {
                asked.extend(
                    rest.iter().filter(|(op, _)| op == "in" || op == "not in").map(|(_, right)| *right),
                );
            }
            Expr::Call { callee, args } => {
                if let Expr::Attribute { value, name } = &body[*callee]
                    && name == "get"
                    && asks(body, id, args)
                {
                    asked.push(*value);
                }
            }
            _ => {}
        }
    }
    asked.extend(tried(body));
    asked
}

/// What a body returns if the key is there: `try: return known[key]`, `except KeyError: …`.
fn tried(body: &Body) -> impl Iterator<Item = ExprId> + '_ {
    let is_missing = |id: ExprId| matches!(&body[id], Expr::Name(name) if name == "KeyError");
    let tried = body.stmts.iter().filter_map(move |stmt| match stmt {
        Stmt::Try { body: tried, handlers, .. }
            if handlers.iter().any(|handler| handler.exception.is_some_and(is_missing)) =>
        {
            Some(tried)
        }
        _ => None,
    });
    tried.flatten().filter_map(|id| match &body[*id] {
        Stmt::Return(Some(value)) | Stmt::Assign { value: Some(value), .. } => match &body[*value] {
            Expr::Subscript { value, .. } => Some(*value),
            _ => None,
        },
        _ => None,
    })
}

/// The tests of `seen[user] + 1 if user in seen else 1`.
fn counted_on(body: &Body) -> Vec<ExprId> {
    let counts = |then: ExprId| match &body[then] {
        Expr::Binary { left, right, .. } => {
            [left, right].into_iter().any(|side| matches!(body[*side], Expr::Subscript { .. }))
        }
        _ => false,
    };
    let tests = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Conditional { test, body: then, .. } => counts(*then).then_some(*test),
        _ => None,
    });
    tests.collect()
}

/// Whether the answer of `x.get(key)` tells that the key is missing. A first value for missing keys is one to count on
/// from, unless the answer is tested for it.
fn asks(body: &Body, call: ExprId, args: &[Arg]) -> bool {
    let has_first_value = match args.get(1).map(|arg| &body[arg.value()]) {
        Some(Expr::Literal(literal)) => *literal != Literal::None,
        Some(
            Expr::List(_)
            | Expr::Dict(_)
            | Expr::Set(_)
            | Expr::Tuple(_)
            | Expr::Unary { .. }
            | Expr::Call { .. },
        ) => true,
        _ => false,
    };
    let answers = answers(body, call);
    let is_used = |test: fn(&Body, &Expr, ExprId) -> bool| {
        body.exprs.list.iter().any(|expr| answers.iter().any(|answer| test(body, expr, *answer)))
    };
    if has_first_value {
        is_tested(body, &answers) || is_used(tests_absence)
    } else {
        !is_used(counts) || is_used(tests_absence)
    }
}

/// The expressions that are the answer: the call, and the local name that it is bound to.
fn answers(body: &Body, call: ExprId) -> Vec<ExprId> {
    let bound = body.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } if *value == call => match &**targets {
            [target] => match &body[*target] {
                Expr::Name(name) => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let walrus = body.exprs.list.iter().enumerate().find_map(|(index, expr)| match expr {
        Expr::Walrus { target, value } if *value == call => Some((ExprId(index as u32), target)),
        _ => None,
    });
    let mut found = vec![call];
    found.extend(walrus.map(|(id, _)| id));
    let name = bound.or(walrus.map(|(_, name)| name));
    let all = body.exprs.list.iter().enumerate();
    found.extend(all.filter_map(|(index, expr)| {
        matches!(expr, Expr::Name(it) if Some(it) == name).then_some(ExprId(index as u32))
    }));
    found
}

/// Whether a statement or a conditional expression tests the answer as it is.
fn is_tested(body: &Body, answers: &[ExprId]) -> bool {
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::If { test, .. } | Stmt::While { test, .. } => answers.contains(test),
        _ => false,
    })
}

/// `not answer`, `answer or other`, `answer is None`, `… if answer else …`
fn tests_absence(body: &Body, expr: &Expr, answer: ExprId) -> bool {
    match expr {
        Expr::Unary { op, operand } => op == "not" && *operand == answer,
        Expr::Bool { left, right, .. } => *left == answer || *right == answer,
        Expr::Conditional { test, .. } => *test == answer,
        Expr::Compare { first, rest } => {
            *first == answer
                && rest.iter().all(|(op, right)| {
                    op.starts_with("is") || matches!(body[*right], Expr::Literal(Literal::None))
                })
        }
        _ => false,
    }
}

/// `answer + 1`, `answer < limit`, `max(answer, points)`
fn counts(body: &Body, expr: &Expr, answer: ExprId) -> bool {
    match expr {
        Expr::Binary { left, right, .. } => *left == answer || *right == answer,
        Expr::Compare { first, rest } => {
            let is_order = rest.iter().all(|(op, _)| op.starts_with(['<', '>']));
            is_order && (*first == answer || rest.iter().any(|(_, right)| *right == answer))
        }
        Expr::Call { callee, args } => {
            matches!(&body[*callee], Expr::Name(name) if name == "max" || name == "min")
                && args.iter().any(|arg| arg.value() == answer)
        }
        _ => false,
    }
}
