//! Values that are the same in each process.

use python::{Arg, BodyId, Expr, ExprId};
use view::scope::{Binding, Meaning, Names, chain};

/// Values made in more steps than this are not followed.
const MAX_DEPTH: usize = 6;

/// Whether a value is made of literals and constants alone, by functions of modules: `"at {}".format(reverse("home"))`.
pub(super) fn is_made_of(names: &Names<'_>, body: BodyId, value: ExprId) -> bool {
    is_constant(names, body, value, 0)
}

fn is_constant(names: &Names<'_>, id: BodyId, value: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let body = names.body(id);
    let is = |value: ExprId| is_constant(names, id, value, depth + 1);
    match &body[value] {
        Expr::Literal(_) => true,
        Expr::Tuple(items) | Expr::List(items) => items.iter().all(|item| is(*item)),
        Expr::FString(parts) => parts.iter().all(|part| match part {
            python::FStringPart::Text(_) => true,
            python::FStringPart::Value(value) | python::FStringPart::Repr(value) => is(*value),
        }),
        Expr::Binary { left, right, .. } => is(*left) && is(*right),
        Expr::Call { callee, args } => {
            let by_module = chain(body, *callee)
                .is_some_and(|(root, _)| matches!(names.meaning(id, root), Meaning::Import(_)));
            let of_constant = matches!(&body[*callee], Expr::Attribute { value, .. } if is(*value));
            (by_module && !args.is_empty() || of_constant) && args.iter().map(Arg::value).all(is)
        }
        Expr::Name(name) => match names.meaning(id, name) {
            Meaning::Bound(home, [Binding::Value(value)]) => is_constant(names, home, *value, depth + 1),
            _ => false,
        },
        _ => false,
    }
}
