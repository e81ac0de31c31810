//! Whether a handler authenticates in a way that its registration doesn't show: in its body, in functions it calls, in
//! a decorator or a base class of the project.
//!
//! Names decide, generously: a handler that merely mentions a permission, a signature or the current user is not
//! reported.

use flow::{FunctionRef, Kind};
use python::{Arg, Definitions, Expr, ExprArena, Literal, Scope};
use view::Context;

use super::family::Member;
use super::intent::names_in;
use crate::security::words::{has, names_identity, names_user};

/// Limit on the depth of calls that are followed.
const MAX_DEPTH: usize = 2;
/// Limit on the number of calls that are followed.
const MAX_CALLS: usize = 40;

/// Whether a handler, its class, or something that runs before it mentions the caller's identity.
pub(super) fn speaks_of_it(cx: &Context<'_>, member: &Member<'_>, siblings: &[&Member<'_>]) -> bool {
    let definitions = &*cx.module.definitions;
    if let Some(function) = member.function {
        let reference = FunctionRef { module: cx.id, function };
        if function_speaks(cx, reference, MAX_DEPTH)
            || has_decorator_of_its_own(cx, member, siblings)
            || signature_identifies(definitions, function)
        {
            return true;
        }
    }
    if member.routes.iter().flat_map(|route| &route.dependencies).any(|(module, function)| {
        function_speaks(cx, FunctionRef { module: *module, function: *function }, 1)
    }) {
        return true;
    }
    member.class.is_some_and(|class| class_speaks(cx, class))
}

/// Whether a parameter makes the framework inject a user, or takes a credential from the request.
fn signature_identifies(definitions: &Definitions, function: python::FunctionId) -> bool {
    definitions[function].parameters.iter().any(|parameter| {
        let names = [parameter.default, parameter.annotation]
            .into_iter()
            .flatten()
            .map(|expr| names_in(definitions, expr))
            .collect::<String>();
        let is_asked = has(&names, &["depends", "security", "inject", "provide", "from", "annotated"]);
        is_asked && names_user(&names)
            || has(&names, &["current"])
            || has(&parameter.name, &["code", "hash", "key", "nonce", "uidb64", "uuid"]) && !is_asked
            || names_identity(&parameter.name)
            || names_identity(&names)
    })
}

/// Whether the handler has a decorator that none of the protected siblings has: it may be what protects this one.
fn has_decorator_of_its_own(cx: &Context<'_>, member: &Member<'_>, siblings: &[&Member<'_>]) -> bool {
    let known: Vec<String> = siblings
        .iter()
        .flat_map(|sibling| super::intent::decorators(cx, sibling))
        .map(|it| callee(&it))
        .collect();
    super::intent::decorators(cx, member).map(|it| callee(&it)).any(|decorator| {
        !known.contains(&decorator) && !has(&decorator, REGISTERS) && !has(&decorator, HARMLESS)
    })
}

/// The callee comes first among the names in a decorator.
fn callee(names: &str) -> String {
    names.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Decorators that register a function as a route.
const REGISTERS: &[&str] =
    &["action", "api", "delete", "get", "patch", "post", "put", "route", "view", "websocket"];

/// Decorators that don't authenticate.
const HARMLESS: &[&str] = &[
    "atomic",
    "cache",
    "cached",
    "classmethod",
    "count",
    "doc",
    "docs",
    "errors",
    "expect",
    "extend",
    "inject",
    "limit",
    "limiter",
    "log",
    "marshal",
    "method",
    "methods",
    "override",
    "pydantic",
    "ratelimit",
    "response",
    "schema",
    "staticmethod",
    "swagger",
    "throttle",
    "timed",
    "transaction",
    "transactional",
    "validate",
    "wraps",
];

/// Whether a class mentions permissions: in its bases, in what it defines, or in what its project ancestors define.
fn class_speaks(cx: &Context<'_>, class: &str) -> bool {
    let ancestors = cx.architecture.hierarchy.of(cx.id, class);
    let own = ancestors.map(|ancestors| &*ancestors.own).unwrap_or_default();
    let foreign = ancestors.map(|ancestors| &*ancestors.foreign).unwrap_or_default();
    if foreign.iter().any(|name| names_identity(name.rsplit('.').next().unwrap_or_default())) {
        return true;
    }
    let itself = (cx.id, python::Name::from(class));
    std::iter::once(&itself).chain(own).any(|(module, name)| {
        let file = cx.file_of(*module);
        let definitions = python::query::definitions(cx.db, file);
        let Some((id, it)) =
            definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == *name)
        else {
            return true;
        };
        let scope = Scope::Class(id);
        let is_hook =
            |name: &str| matches!(name, "dispatch" | "initial" | "setup" | "prepare" | "get_permissions");
        // An unresolved base may do anything.
        let is_followed = it.bases.iter().filter(|base| matches!(base, Arg::Positional(_))).count()
            <= cx.architecture.hierarchy.of(*module, name).map_or(0, |it| it.own.len() + it.foreign.len());
        !is_followed
            || names_identity(name)
            || definitions.variables.iter().any(|it| it.scope == scope && names_identity(&it.name))
            || definitions
                .functions()
                .any(|(_, it)| it.scope == scope && (names_identity(&it.name) || is_hook(&it.name)))
    })
}

/// Whether a function, or one that it calls at most this many levels down, mentions the caller's identity.
pub(super) fn function_speaks(cx: &Context<'_>, function: FunctionRef, depth: usize) -> bool {
    let file = cx.file_of(function.module);
    let definitions = python::query::definitions(cx.db, file);
    let Some(it) = definitions.functions.get(function.function.0 as usize) else { return false };
    let Some(body) = python::query::body(cx.db, file, it.body) else { return true };
    if names_identity(&it.name) || arena_speaks(&body.exprs) {
        return true;
    }
    if depth == 0 {
        return false;
    }
    let mut callees: Vec<FunctionRef> = Vec::new();
    for expr in &body.exprs.list {
        let Expr::Call { callee, .. } = expr else { continue };
        let found = match &body[*callee] {
            Expr::Name(name) => {
                flow::types::names::at_top_level(cx.db, cx.project, function.module, name).kind
            }
            Expr::Attribute { value, name } => match &body[*value] {
                Expr::Name(owner) if owner == "self" || owner == "cls" => {
                    method(&definitions, it.scope, function, name).map_or(Kind::Unknown, Kind::Function)
                }
                Expr::Name(owner) => {
                    let owner = flow::types::names::at_top_level(cx.db, cx.project, function.module, owner);
                    flow::types::names::attribute(cx.db, cx.project, &owner, name).kind
                }
                _ => Kind::Unknown,
            },
            _ => Kind::Unknown,
        };
        if let Kind::Function(callee) = found {
            callees.push(callee);
        }
    }
    let known = flow::query::analysis(cx.db, cx.project, function.module, function.function);
    callees.extend(known.calls.iter().map(|(_, callee)| *callee));
    callees.sort_unstable();
    callees.dedup();
    callees
        .iter()
        .take(MAX_CALLS)
        .any(|callee| *callee != function && function_speaks(cx, *callee, depth - 1))
}

/// A method of the class that a function belongs to.
fn method(definitions: &Definitions, scope: Scope, function: FunctionRef, name: &str) -> Option<FunctionRef> {
    let Scope::Class(_) = scope else { return None };
    let (id, _) = definitions.functions().find(|(_, it)| it.scope == scope && it.name == name)?;
    Some(FunctionRef { module: function.module, function: id })
}

/// Whether a name, a keyword or a key in some expressions mentions the caller's identity.
fn arena_speaks(exprs: &ExprArena) -> bool {
    exprs.list.iter().any(|expr| match expr {
        Expr::Name(name) => names_identity(name),
        Expr::Attribute { value, name } => {
            names_identity(name)
                || name == "user" && matches!(&exprs[*value], Expr::Name(_) | Expr::Attribute { .. })
                || name == "headers"
        }
        Expr::Call { args, .. } => {
            args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if names_identity(name)))
        }
        Expr::Literal(Literal::Int(401 | 403)) => true,
        // `session["user_id"]`, `request.META["HTTP_AUTHORIZATION"]`
        Expr::Subscript { value, index } => {
            let is_session = exprs.dotted(*value).is_some_and(|dotted| {
                matches!(
                    dotted.rsplit('.').next(),
                    Some("session" | "META" | "COOKIES" | "cookies" | "state")
                )
            });
            is_session || matches!(&exprs[*index], Expr::Literal(Literal::Str(key)) if names_identity(key))
        }
        _ => false,
    })
}
