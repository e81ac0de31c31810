//! Values that callers leave in a container, and values that are computed from the key. What is computed once and kept
//! is a cache; what a caller left is state, however the body asks for the key before.

use python::{Arg, Body, BodyId, Expr, ExprId};
use view::scope::{Binding, Meaning, Names};

/// Limit on nested values that are followed.
const MAX_DEPTH: usize = 4;

/// Whether a value that is set under a key is one that the caller passes, or contains one: `ages[name] = age`,
/// `ages[name] = {"age": age}`. What a call makes of it is computed.
/// A value that turns over what is there counts, too: only callers know how often.
pub(super) fn is_by_caller(names: &Names<'_>, id: BodyId, value: ExprId, key: ExprId) -> bool {
    holds_parameter(names, id, value, key, 0) || turns_over(names.body(id), value)
}

fn holds_parameter(names: &Names<'_>, id: BodyId, value: ExprId, key: ExprId, depth: usize) -> bool {
    let body = names.body(id);
    if depth > MAX_DEPTH || body[key] == body[value] {
        return false;
    }
    match &body[value] {
        Expr::Name(name) if name != "self" && name != "cls" => match names.meaning(id, name) {
            Meaning::Bound(within, bindings) => within == id && matches!(bindings, [Binding::Parameter(_)]),
            _ => false,
        },
        Expr::Tuple(parts) | Expr::List(parts) | Expr::Set(parts) => {
            parts.iter().any(|part| holds_parameter(names, id, *part, key, depth + 1))
        }
        Expr::Dict(parts) => parts.iter().any(|(_, part)| holds_parameter(names, id, *part, key, depth + 1)),
        _ => false,
    }
}

/// `marks[name] = not marks.get(name, False)`
fn turns_over(body: &Body, value: ExprId) -> bool {
    let Expr::Unary { op, operand } = &body[value] else { return false };
    let reads = match &body[*operand] {
        Expr::Subscript { .. } => true,
        Expr::Call { callee, .. } => matches!(&body[*callee], Expr::Attribute { name, .. } if name == "get"),
        _ => false,
    };
    op == "not" && reads
}

/// Whether a call only keeps what it computes from the key: `known.setdefault(key, compute(key))`, whose result isn't
/// changed on the spot.
pub(super) fn keeps_computed(body: &Body, call: ExprId, args: &[Arg]) -> bool {
    let [Arg::Positional(key), Arg::Positional(value)] = args else { return false };
    let Expr::Call { args: given, .. } = &body[*value] else { return false };
    let is_receiver = |expr: &Expr| matches!(expr, Expr::Attribute { value, .. } | Expr::Subscript { value, .. } if *value == call);
    given.iter().any(|arg| body[arg.value()] == body[*key]) && !body.exprs.list.iter().any(is_receiver)
}
