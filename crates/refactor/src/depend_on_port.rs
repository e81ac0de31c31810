//! Replaces a dependency on a concrete class with one on a port that the class implements.

use model::{ClassRef, InjectionPlace};
use view::Context;

use super::protocol::{Consumer, ask_for, closes_cycle, keep_together, of, one, with_takers};
use super::rewrite::{At, Home, Import, Rewrite};
use super::{Abilities, Changes, Refusal, add_member};

/// The changes for consumers of the module, and for the callees to which they pass their dependency. Used members of the
/// class that the port lacks are added to the port first.
///
/// # Errors
/// If a member can't be added, if the usage can't be followed completely, or if the import would close a cycle.
pub(super) fn changes(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    places: &[InjectionPlace],
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let mut all: Vec<Consumer> = Vec::new();
    let mut missing: Vec<python::Name> = Vec::new();
    for place in places {
        let consumer = one(cx, class, cx.id, *place)?;
        // What the callees use is among what the consumer uses.
        for name in lacking(cx, &consumer, port)? {
            if !missing.contains(&name) {
                missing.push(name);
            }
        }
        for consumer in with_takers(cx, class, port, consumer)? {
            if !all.iter().any(|it| (it.module, it.place) == (consumer.module, consumer.place)) {
                all.push(consumer);
            }
        }
    }
    all.iter().try_for_each(|consumer| may_ask(cx, consumer, port))?;
    let mut rewrite = Rewrite::of(cx, abilities);
    for name in missing {
        add_member::add(cx, &mut rewrite, port, class, &name)?;
    }
    for consumer in &all {
        let_ask(cx, &mut rewrite, consumer, class, port)?;
    }
    rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))
}

/// The changes for all injection sites of the class that use no more of it than one of its ports declares: the port
/// that suits most of them.
///
/// # Errors
/// If no port suits any of them.
pub(super) fn everywhere(
    cx: &Context<'_>,
    class: &ClassRef,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    if model::query::port(cx.db, cx.project, class.clone()).is_some() {
        return Err(Refusal::new(format!("{} is a port itself", class.name)));
    }
    let ports = model::query::ports_of(cx.db, cx.project, class.clone());
    if ports.is_empty() {
        return Err(Refusal::new(format!("{} implements no port", class.name)));
    }
    let (asking, mut reasons) = of(cx, class);
    let mut best: Option<(Vec<Consumer>, &ClassRef)> = None;
    for port in ports.iter().map(|port| &port.class) {
        let mut served = Vec::new();
        for consumer in &asking {
            match serves(cx, consumer, port) {
                Ok(()) => served.push(consumer.clone()),
                Err(refusal) => reasons.push(refusal),
            }
        }
        keep_together(cx, class, Some(port), &mut served, &mut reasons);
        if best.as_ref().is_none_or(|(most, _)| served.len() >= most.len()) {
            best = Some((served, port));
        }
    }
    let Some((served, port)) = best.filter(|(served, _)| !served.is_empty()) else {
        return Err(reasons.into_iter().next().unwrap_or_else(|| {
            Refusal::new(format!("no parameter and no field of the project is annotated with {}", class.name))
        }));
    };
    let mut rewrite = Rewrite::of(cx, abilities);
    for consumer in &served {
        let_ask(cx, &mut rewrite, consumer, class, port)?;
    }
    rewrite.finish().ok_or_else(|| Refusal::new("nothing would change"))
}

/// Whether a port declares all that a consumer uses, and can be imported there.
fn serves(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> Result<(), Refusal> {
    may_ask(cx, consumer, port)?;
    match lacking(cx, consumer, port)?.first() {
        Some(name) => {
            Err(Refusal::new(format!("{} uses `{name}`, which {} lacks", consumer.name, port.name)))
        }
        None => Ok(()),
    }
}

/// Whether importing the port in the consumer's module closes no cycle.
fn may_ask(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> Result<(), Refusal> {
    let may = consumer.at == At::TypeChecking
        || port.module == consumer.module
        || !closes_cycle(cx, consumer.module, port.module);
    may.then_some(()).ok_or_else(|| {
        let (from, to) = (cx.module_name(consumer.module), cx.module_name(port.module));
        Refusal::new(format!("importing {to} in {from} would close an import cycle"))
    })
}

fn let_ask(
    cx: &Context<'_>,
    rewrite: &mut Rewrite<'_>,
    consumer: &Consumer,
    class: &ClassRef,
    port: &ClassRef,
) -> Result<(), Refusal> {
    let module = cx.module_name(port.module).to_owned();
    let import = Import { module: &module, name: &port.name, home: Home::Project };
    let unnamed = || Refusal::new(format!("the annotation of {} can't name {}", consumer.name, port.name));
    ask_for(rewrite, cx, consumer, class, &import).ok_or_else(unnamed)?;
    let file = rewrite.module(consumer.module).ok_or_else(unnamed)?;
    consumer.locals.iter().try_for_each(|local| file.drop_unused(local)).ok_or_else(unnamed)
}

/// The members that the consumer uses and the port doesn't declare, in order.
///
/// # Errors
/// If one of them is private.
fn lacking(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> Result<Vec<python::Name>, Refusal> {
    let facts = model::query::port(cx.db, cx.project, port.clone())
        .ok_or_else(|| Refusal::new(format!("{} is no port", port.name)))?;
    let is_promised = |name: &str| facts.members.iter().any(|member| member.name == name);
    let names: Vec<python::Name> =
        consumer.uses.iter().map(|used| used.name.clone()).filter(|name| !is_promised(name)).collect();
    match names.iter().find(|name| name.starts_with('_') && !name.starts_with("__")) {
        Some(name) => Err(Refusal::new(format!("{} uses `{name}`, which is private", consumer.name))),
        None => Ok(names),
    }
}
