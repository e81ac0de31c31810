//! Lets one that asks for a concrete class ask for a port that the class implements.

use model::{AskPlace, ClassRef};

use super::protocol::{Consumer, ask_for, closes_cycle, one};
use super::rewrite::{At, Home, Import, Rewrite};
use super::{Abilities, Changes, add_member};
use crate::Context;

/// The changes. What is used of the class and the port lacks is added to the port first. Nothing where it can't be, where more
/// is done with the class than can be told, and where the import would close a cycle.
pub(super) fn changes(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    place: AskPlace,
    abilities: Abilities,
) -> Option<Changes> {
    let consumer = one(cx, class, cx.id, place)?;
    if consumer.at == At::RunTime && port.module != cx.id && closes_cycle(cx, cx.id, port.module) {
        return None;
    }
    let mut rewrite = Rewrite::of(cx, abilities);
    for name in lacking(cx, &consumer, port)? {
        add_member::add(cx, &mut rewrite, port, class, &name)?;
    }
    let module = cx.module_name(port.module).to_owned();
    let import = Import { module: &module, name: &port.name, home: Home::Project };
    ask_for(&mut rewrite, cx, &consumer, class, &import)?;
    for local in &consumer.locals {
        rewrite.own().drop_unused(local)?;
    }
    rewrite.finish()
}

/// What the consumer uses and the port doesn't promise, in order. Nothing where something of it is private.
fn lacking(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> Option<Vec<python::Name>> {
    let facts = model::query::port(cx.db, cx.project, port.clone())?;
    let is_promised = |name: &str| facts.members.iter().any(|member| member.name == name);
    let names: Vec<python::Name> =
        consumer.uses.iter().map(|used| used.name.clone()).filter(|name| !is_promised(name)).collect();
    names.iter().all(|name| !name.starts_with('_') || name.starts_with("__")).then_some(names)
}
