//! Lets one that asks for a concrete class ask for a port that the class implements.

use model::{AskPlace, ClassRef};

use super::protocol::{Consumer, ask_for, closes_cycle, of, one};
use super::rewrite::{At, Home, Import, Rewrite};
use super::{Abilities, Changes, add_member};
use crate::Context;

/// The changes for one that asks. What is used of the class and the port lacks is added to the port first. Nothing where it
/// can't be, where more is done with the class than can be told, and where the import would close a cycle.
pub(super) fn changes(
    cx: &Context<'_>,
    class: &ClassRef,
    port: &ClassRef,
    place: AskPlace,
    abilities: Abilities,
) -> Option<Changes> {
    let consumer = one(cx, class, cx.id, place).filter(|consumer| may_ask(cx, consumer, port))?;
    let mut rewrite = Rewrite::of(cx, abilities);
    for name in lacking(cx, &consumer, port)? {
        add_member::add(cx, &mut rewrite, port, class, &name)?;
    }
    let_ask(cx, &mut rewrite, &consumer, class, port)?;
    rewrite.finish()
}

/// The changes for all who ask for the class and use no more of it than one of its ports promises: the port that serves most
/// of them.
pub(super) fn everywhere(cx: &Context<'_>, class: &ClassRef, abilities: Abilities) -> Option<Changes> {
    let asking = of(cx, class);
    let ports = model::query::ports_of(cx.db, cx.project, class.clone());
    let served = |port: &ClassRef| -> Vec<&Consumer> {
        let is_served = |consumer: &&Consumer| {
            may_ask(cx, consumer, port) && lacking(cx, consumer, port).is_some_and(|names| names.is_empty())
        };
        asking.iter().filter(is_served).collect()
    };
    let choices = ports.iter().map(|port| (served(&port.class), &port.class));
    let (served, port) =
        choices.max_by_key(|(served, _)| served.len()).filter(|(served, _)| !served.is_empty())?;
    let mut rewrite = Rewrite::of(cx, abilities);
    for consumer in served {
        let_ask(cx, &mut rewrite, consumer, class, port)?;
    }
    rewrite.finish()
}

/// Whether importing the port where it is asked for closes no cycle.
fn may_ask(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> bool {
    consumer.at == At::TypeChecking
        || port.module == consumer.module
        || !closes_cycle(cx, consumer.module, port.module)
}

fn let_ask(
    cx: &Context<'_>,
    rewrite: &mut Rewrite<'_>,
    consumer: &Consumer,
    class: &ClassRef,
    port: &ClassRef,
) -> Option<()> {
    let module = cx.module_name(port.module).to_owned();
    let import = Import { module: &module, name: &port.name, home: Home::Project };
    ask_for(rewrite, cx, consumer, class, &import)?;
    let file = rewrite.module(consumer.module)?;
    consumer.locals.iter().try_for_each(|local| file.drop_unused(local))
}

/// What the consumer uses and the port doesn't promise, in order. Nothing where something of it is private.
fn lacking(cx: &Context<'_>, consumer: &Consumer, port: &ClassRef) -> Option<Vec<python::Name>> {
    let facts = model::query::port(cx.db, cx.project, port.clone())?;
    let is_promised = |name: &str| facts.members.iter().any(|member| member.name == name);
    let names: Vec<python::Name> =
        consumer.uses.iter().map(|used| used.name.clone()).filter(|name| !is_promised(name)).collect();
    names.iter().all(|name| !name.starts_with('_') || name.starts_with("__")).then_some(names)
}
