//! Containers that aren't called so: known by their class, under a local name, or as a scope that another one opens.

use flow::{Kind, Value};
use model::ClassRef;
use python::{BodyId, BodyOwner, Expr, ExprId};
use view::collaborators::head_value;
use view::scope::{Binding, Meaning, Names, chain};
use view::{Context, checked_classes};

/// Limit on local names and scopes that are followed.
const MAX_DEPTH: usize = 4;

/// What a local name stands for, where the function binds it once: `get_container()` of `deps = get_container()`, and
/// the call of `async with deps() as scope`.
pub(super) fn meant(names: &Names<'_>, body: BodyId, expr: ExprId) -> ExprId {
    let mut at = expr;
    for _ in 0..MAX_DEPTH {
        let Expr::Name(name) = &names.body(body)[at] else { break };
        match names.meaning(body, name) {
            Meaning::Bound(within, [Binding::Value(value) | Binding::Managed(value)])
                if within == body && within != BodyId(0) =>
            {
                at = *value;
            }
            _ => break,
        }
    }
    match &names.body(body)[at] {
        Expr::Await(inner) => *inner,
        _ => at,
    }
}

/// Whether an expression is a container by its class: a variable, an attribute that a constructor sets, also that of a
/// base class, or the scope that one opens when it is called.
pub(super) fn is_by_class(names: &Names<'_>, body: BodyId, expr: ExprId) -> bool {
    let mut at = meant(names, body, expr);
    for _ in 0..MAX_DEPTH {
        match &names.body(body)[at] {
            Expr::Call { callee, .. } => at = meant(names, body, *callee),
            _ => return value(names, body, at).is_some_and(|value| is_container(names.cx, &value.kind)),
        }
    }
    false
}

fn value(names: &Names<'_>, body: BodyId, expr: ExprId) -> Option<Value> {
    head_value(names, body, expr).or_else(|| {
        let cx = names.cx;
        let ("self", attributes) = chain(names.body(body), expr)? else { return None };
        let BodyOwner::Function(function) = names.body(body).owner else { return None };
        let (class, _) = checked_classes::class_around(cx, function)?;
        let class = ClassRef::new(cx.id, cx.module.definitions[class].name.clone());
        let start = flow::types::classes::called(cx.db, cx.project, &Value::of(Kind::Class(class)));
        let read = |value: Value, name: &&str| flow::types::classes::read(cx.db, cx.project, &value, name);
        (!attributes.is_empty()).then(|| attributes.iter().rev().fold(start, read))
    })
}

fn is_container(cx: &Context<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::ForeignInstance(full) => libraries::is_container(full),
        Kind::Instance(class, _) => is_container_class(cx, class),
        _ => false,
    }
}

/// Whether a class of the project is one of containers: `class Box(punq.Container)`.
pub(super) fn is_container_class(cx: &Context<'_>, class: &ClassRef) -> bool {
    let ancestors = cx.architecture.hierarchy.of(class.module, &class.name);
    ancestors.is_some_and(|it| it.foreign.iter().any(|base| libraries::is_container(base)))
}
