//! A route that another one shadows.

use std::collections::BTreeSet;

use model::Framework;

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Called, Evidence, Function, ServedRoute, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "route-shadowed",
    area: Area::Api,
    title: "Each route is reached",
    docs: include_str!("route_shadowed.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let in_order = |it: &&ServedRoute| matches!(it.framework, Framework::FastApi | Framework::Starlette);
    let mut routes: Vec<(&ServedRoute, &Function, &str)> = evidence
        .routes
        .iter()
        .filter(in_order)
        .filter_map(|it| {
            let (function, router) = router(evidence, it)?;
            Some((it, function, router))
        })
        .collect();
    // Of several that shadow one, the first is told.
    routes.sort_by_key(|(it, ..)| (&it.place.path, it.place.line));
    // A router that is included under several prefixes shadows its route in each, and is changed once. So is a route
    // that several others shadow.
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (one, function, router_of_one) in &routes {
        for (other, function_of_other, router_of_other) in &routes {
            let is_before = one.place.path == other.place.path && one.place.line < other.place.line;
            if !is_before || router_of_one != router_of_other || !meet(&one.methods, &other.methods) {
                continue;
            }
            // One that a condition registers may not be there when the other is.
            if !function.is_beside(function_of_other) {
                continue;
            }
            let is_same = without_names(&one.path) == without_names(&other.path);
            if !is_same && !swallows(&one.path, &other.path) {
                continue;
            }
            if !known.insert(&other.handler) {
                continue;
            }
            let name = |route: &ServedRoute| route.handler.split(':').nth(1).unwrap_or_default().to_owned();
            let text = if is_same {
                format!(
                    "`{}` is never reached: `{}` answers `{}` before it.",
                    name(other),
                    name(one),
                    other.title()
                )
            } else {
                format!(
                    "`{}` is never reached: `{}`, declared before it, answers `{}` as `{}`.",
                    name(other),
                    name(one),
                    other.title(),
                    one.path
                )
            };
            let claim = out.contradiction(Level::High, &[&one.handler, &other.handler, &other.path], text);
            claim.at(other.place.clone()).at(one.place.clone());
            claim.recommend(if is_same {
                format!("Give `{}` a path or method of its own, or take one of the two out.", name(other))
            } else {
                format!("Declare `{}` before `{}`.", name(other), name(one))
            });
        }
    }
}

/// The handler of a route, and the router that it is registered on, as named in code: `shop.api.router`. Only for
/// decorators, whose order is that of the file.
fn router<'e>(evidence: &'e Evidence, route: &ServedRoute) -> Option<(&'e Function, &'e str)> {
    let source = &evidence.sources[route.source];
    let name = route.handler.split(':').nth(1)?;
    let mut all = source.functions.iter().filter(|it| it.name == name);
    let function = all.next()?;
    // Two functions with one name may be alternatives under a condition.
    if all.next().is_some() || function.line != route.place.line {
        return None;
    }
    let registers = |called: &Called| {
        let known =
            ["get", "post", "put", "patch", "delete", "head", "options", "api_route", "websocket", "route"];
        known.contains(&called.method.as_str())
    };
    let mut calls = function.decorators.iter().filter_map(Value::call).filter(|it| registers(it));
    let call = calls.next()?;
    if calls.next().is_some() {
        return None;
    }
    let written = call.callee.as_deref()?;
    Some((function, written.strip_suffix(call.method.as_str())?.strip_suffix('.')?))
}

fn meet(one: &[String], other: &[String]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|it| other.contains(it))
}

fn without_names(path: &str) -> String {
    parts(path).map(|part| if is_parameter(part) { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

/// The parts of a path between its slashes. What is before the first slash is computed, as nothing else may be there: the
/// name of a constant in braces is no parameter.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    let start = if path.starts_with('/') { 0 } else { path.find('/').unwrap_or(path.len()) };
    let (computed, rest) = path.split_at(start);
    std::iter::once(computed.trim_matches(['{', '}'])).chain(rest.split('/').skip(1))
}

/// A segment that matches any text: no converter restricts it.
fn is_parameter(part: &str) -> bool {
    part.starts_with('{') && part.ends_with('}') && !part.contains([':', '.'])
}

/// Whether a parameter matches a segment: any text except the empty one after a trailing slash.
fn takes(parameter: &str, part: &str) -> bool {
    is_parameter(parameter) && !part.is_empty()
}

/// Whether each request for `other` is one for `one`, which has a parameter where the other has a word.
fn swallows(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (parts(one).collect(), parts(other).collect());
    one.len() == other.len()
        && one.iter().zip(&other).all(|(one, other)| one == other || takes(one, other))
        && one.iter().zip(&other).any(|(one, other)| is_parameter(one) && !other.contains('{'))
}
