//! Methods of the project's own clients: `await self.prices.price(code)`.

use flow::types::annotation::{self, Parameter};
use flow::types::classes::{self, Member};
use flow::{FunctionRef, Kind, Value};
use model::ClassRef;
use python::{Arg, Body, Expr, ExprId, Function, FunctionId, Literal, Scope, Stmt};
use view::Context;

use super::{is_reading, queries, stores_on_self, talks_http};

/// The reading verbs of HTTP clients.
const READS: [&str; 2] = ["get", "head"];
/// What is asked of a response.
const OF_RESPONSE: [&str; 4] = ["json", "text", "read", "aread"];

/// Whether the method `name` of what `self.attribute` holds reads over the network.
pub(super) fn in_attribute(cx: &Context<'_>, function: FunctionId, attribute: &str, name: &str) -> bool {
    let definitions = &*cx.module.definitions;
    let Scope::Class(own) = definitions[function].scope else { return false };
    let own = ClassRef::new(cx.id, definitions[own].name.clone());
    match classes::member(cx.db, cx.project, &own, attribute) {
        Some(Member::Attribute(Value { kind: Kind::Instance(class, _), .. })) => reads(cx, &class, name),
        _ => false,
    }
}

/// The same for the class that a parameter is annotated with.
pub(super) fn in_parameter(cx: &Context<'_>, function: FunctionId, index: usize, name: &str) -> bool {
    let owner = FunctionRef { module: cx.id, function };
    match annotation::parameter(cx.db, cx.project, owner, index) {
        Parameter::Known(Value { kind: Kind::Instance(class, _), .. }) => reads(cx, &class, name),
        _ => false,
    }
}

fn reads(cx: &Context<'_>, class: &ClassRef, name: &str) -> bool {
    let file = cx.file_of(class.module);
    let definitions = python::query::definitions(cx.db, file);
    let is_its = |it: &Function| match it.scope {
        Scope::Class(id) => definitions[id].name == class.name && it.name == name,
        _ => false,
    };
    let Some((id, method)) = definitions.functions().find(|(_, it)| is_its(it)) else { return false };
    let Some(body) = python::query::body(cx.db, file, method.body) else { return false };
    method.is_async
        && !method.is_generator
        && !queries(cx, class.module, id)
        && talks_http(cx, file)
        && !stores_on_self(&body)
        && (is_reading(name) || only_reads(cx, class, &body))
}

/// Whether a method sends reading requests with a client of its class, and awaits nothing but them and their responses.
fn only_reads(cx: &Context<'_>, class: &ClassRef, body: &Body) -> bool {
    let awaited = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Await(call) => Some(*call),
        _ => None,
    });
    let managed = body.stmts.iter().flat_map(|stmt| match stmt {
        Stmt::With { is_async: true, items, .. } => items.iter().map(|item| item.manager).collect(),
        _ => Vec::new(),
    });
    let mut calls = awaited.chain(managed).peekable();
    calls.peek().is_some()
        && calls.all(|call| is_request(cx, class, body, call) || is_of_response(body, call))
}

/// `self.client.get(url)`, `self.session.request("GET", url)`
fn is_request(cx: &Context<'_>, class: &ClassRef, body: &Body, call: ExprId) -> bool {
    let Expr::Call { callee, args } = &body[call] else { return false };
    let Expr::Attribute { value: client, name: verb } = &body[*callee] else { return false };
    let Expr::Attribute { value: own, name: attribute } = &body[*client] else { return false };
    let is_get = || match args.first() {
        Some(Arg::Positional(verb)) => {
            matches!(&body[*verb], Expr::Literal(Literal::Str(verb)) if READS.contains(&verb.to_lowercase().as_str()))
        }
        _ => false,
    };
    let is_own = matches!(&body[*own], Expr::Name(name) if name == "self");
    is_own
        && (READS.contains(&verb.as_str()) || verb == "request" && is_get())
        && matches!(
            classes::member(cx.db, cx.project, class, attribute),
            Some(Member::Attribute(Value { kind: Kind::ForeignInstance(full), .. }))
                if libraries::is_shared_client(&full)
        )
}

/// `response.json()`
fn is_of_response(body: &Body, call: ExprId) -> bool {
    let Expr::Call { callee, args } = &body[call] else { return false };
    matches!(&body[*callee], Expr::Attribute { value, name }
        if OF_RESPONSE.contains(&name.as_str()) && args.is_empty() && matches!(&body[*value], Expr::Name(_)))
}
