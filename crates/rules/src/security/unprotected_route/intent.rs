//! Routes that are open on purpose, judging by their names, paths and decorators.

use python::{Definitions, Expr, ExprId, Scope};
use view::Context;

use super::family::Member;
use crate::security::words::{has, names_public};

/// Whether a module is about signing in, or about public content: its routes are not reported.
pub(super) fn is_public_module(name: &str, more: &[&str]) -> bool {
    name.rsplit('.').take(3).any(|segment| names_public(segment, more))
}

/// Whether a route is marked as public.
pub(super) fn is_public(cx: &Context<'_>, member: &Member<'_>, more: &[&str]) -> bool {
    names_public(&member.name, more)
        || member.routes.iter().any(|route| {
            names_public(&route.path, more)
                || route.methods.iter().any(|method| method == "WEBSOCKET")
                || route.methods.len() == 1 && matches!(route.methods[0].as_str(), "HEAD" | "OPTIONS")
        })
        || decorators(cx, member).any(|text| has(&text, OPEN))
}

/// Words in the decorators of public routes.
const OPEN: &[&str] = &[
    "allow",
    "anonymous",
    "anyone",
    "csrf",
    "everyone",
    "exempt",
    "guest",
    "internal",
    "no",
    "not",
    "open",
    "optional",
    "public",
    "skip",
    "unauthenticated",
    "without",
];

/// The names in the decorators of a handler and of its class.
pub(super) fn decorators<'c>(
    cx: &'c Context<'_>,
    member: &Member<'_>,
) -> impl Iterator<Item = String> + use<'c> {
    let definitions = &*cx.module.definitions;
    let of_function = member.function.into_iter().flat_map(|id| definitions[id].decorators.iter());
    let class = member.class.map(str::to_owned);
    let of_class = definitions
        .classes
        .iter()
        .filter(move |it| it.scope == Scope::Module && class.as_ref().is_some_and(|class| it.name == *class))
        .flat_map(|it| it.decorators.iter());
    of_function.chain(of_class).map(|id| names_in(definitions, *id))
}

/// All names in an expression of a signature, separated by spaces; strings are left out.
pub(super) fn names_in(definitions: &Definitions, expr: ExprId) -> String {
    let mut out = String::new();
    let mut open = vec![expr];
    // Children come before parents, so the walk terminates.
    while let Some(id) = open.pop() {
        let expr = &definitions[id];
        if let Expr::Name(name) | Expr::Attribute { name, .. } = expr {
            out.push(' ');
            out.push_str(name);
        }
        expr.for_each_child(|child| open.push(child));
    }
    out
}
