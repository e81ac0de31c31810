//! How well the methods of a class belong together.

use python::{Body, BodyOwner, ClassId, Expr, Scope};
use rustc_hash::FxHashSet;
use view::Context;

use super::methods::Methods;
use crate::structure::clusters::Clusters;

/// Metrics of one class. They contain only the methods that count; all methods connect others.
pub(super) struct Cohesion {
    /// The percentage of method pairs that share an attribute of the instance, directly or through calls: TCC (Bieman
    /// and Kang, "Cohesion and Reuse in an Object-Oriented System", 1995).
    pub(super) percent: usize,
    /// Parts that share no attribute and don't call each other: LCOM4 (Hitz and Montazeri, "Measuring Coupling and
    /// Cohesion in Object-Oriented Systems", 1995).
    pub(super) parts: usize,
    /// The number of methods of the largest part.
    pub(super) largest: usize,
    /// Whether the methods use anything of the instance other than each other.
    pub(super) has_state: bool,
}

pub(super) fn of(cx: &Context<'_>, class: ClassId, methods: &Methods<'_>) -> Cohesion {
    let count = methods.list.len();
    let name = &cx.module.definitions[class].name;
    let mut attributes: Vec<FxHashSet<&str>> = vec![FxHashSet::default(); count];
    let mut calls: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); count];
    let mut clusters = Clusters::of(count);
    for body in &cx.module.bodies.list {
        let Some((method, own)) = method_of(cx, body, methods) else { continue };
        for used in on_self(body, own, name) {
            match methods.of_name.get(used) {
                Some(other) => {
                    calls[method].insert(*other);
                    // `__init__` uses everything, and would join any class into one part.
                    if used != "__init__" {
                        clusters.join(method, *other);
                    }
                }
                None => {
                    attributes[method].insert(used);
                }
            }
        }
    }
    let properties: Vec<(usize, &str)> = methods
        .of_name
        .iter()
        .filter(|(_, index)| methods.list[**index].is_property)
        .map(|(name, index)| (*index, *name))
        .collect();
    for (index, name) in properties {
        attributes[index].insert(name);
    }
    let attributes = reached(&attributes, &calls);
    let counted: Vec<usize> = (0..count).filter(|index| methods.list[*index].is_counted).collect();
    let all = named_by_init(methods);
    for left in (0..count).filter(|index| Some(*index) != all) {
        for right in (left + 1..count).filter(|index| Some(*index) != all) {
            if !attributes[left].is_disjoint(&attributes[right]) {
                clusters.join(left, right);
            }
        }
    }
    let (mut pairs, mut tied) = (0_usize, 0_usize);
    for (at, left) in counted.iter().enumerate() {
        for right in &counted[at + 1..] {
            pairs += 1;
            tied += usize::from(!attributes[*left].is_disjoint(&attributes[*right]));
        }
    }
    let sizes =
        clusters.sets().into_iter().map(|set| set.iter().filter(|it| methods.list[**it].is_counted).count());
    let sizes: Vec<usize> = sizes.filter(|size| *size > 0).collect();
    Cohesion {
        percent: tied * 100 / pairs.max(1),
        parts: sizes.len(),
        largest: sizes.iter().copied().max().unwrap_or(0),
        has_state: counted.iter().any(|index| !attributes[*index].is_empty()),
    }
}

/// The method that initializes all attributes, and is no evidence of cohesion.
fn named_by_init(methods: &Methods<'_>) -> Option<usize> {
    methods.of_name.get("__init__").copied()
}

/// The attributes that each method uses, directly and through calls. Sets only grow, so it terminates.
fn reached<'a>(attributes: &[FxHashSet<&'a str>], calls: &[FxHashSet<usize>]) -> Vec<FxHashSet<&'a str>> {
    let mut reached = attributes.to_vec();
    loop {
        let mut has_grown = false;
        for (method, called) in calls.iter().enumerate() {
            let more: FxHashSet<&str> =
                called.iter().flat_map(|other| reached[*other].iter().copied()).collect();
            let before = reached[method].len();
            reached[method].extend(more);
            has_grown |= reached[method].len() > before;
        }
        if !has_grown {
            return reached;
        }
    }
}

/// The method that a body belongs to, possibly through nested functions, and its name for the instance or class.
fn method_of<'a>(cx: &'a Context<'_>, body: &Body, methods: &Methods<'_>) -> Option<(usize, &'a str)> {
    const MAX_DEPTH: usize = 32;
    let definitions = &*cx.module.definitions;
    let BodyOwner::Function(mut at) = body.owner else { return None };
    for _ in 0..MAX_DEPTH {
        if let Some(index) = methods.of_function.get(&at) {
            let function = &definitions[at];
            let is_static = function
                .decorators
                .iter()
                .any(|it| matches!(&definitions[*it], Expr::Name(name) if name == "staticmethod"));
            let first = function.parameters.first().filter(|_| !is_static);
            return Some((*index, first.map_or("", |it| it.name.as_str())));
        }
        let Scope::Function(outer) = definitions[at].scope else { return None };
        at = outer;
    }
    None
}

/// The names that a body reads from its instance, or from its class by name.
fn on_self<'a>(body: &'a Body, own: &'a str, class: &'a str) -> impl Iterator<Item = &'a str> {
    body.exprs.list.iter().filter_map(move |expr| match expr {
        Expr::Attribute { value, name } => {
            matches!(&body[*value], Expr::Name(holder) if holder == own || holder == class)
                .then_some(name.as_str())
        }
        _ => None,
    })
}
