//! Whether a port is meant to be depended on instead of a class.

use config::Layer;
use model::{Adapter, ClassRef, How};
use view::Context;

use super::{depth, names};

/// The most classes that usually implement one port side by side: the real one, a test double or a second technology.
const FEW: usize = 3;

/// Whether the port belongs to this class: members shared by many classes are just a shape, unless something depends on
/// the port.
pub(super) fn stands_for(cx: &Context<'_>, port: &ClassRef, class: &ClassRef) -> bool {
    model::query::adapters(cx.db, cx.project, port.clone()).len() <= FEW
        || names::is_the_same_thing(&port.name, &class.name)
        || is_injected(cx, port)
}

/// Whether a port can be meant to replace a class. One with a leading underscore is private to its module. Of the ports
/// that a class only happens to match, one that shares no word with it is about something else, and request handlers
/// take what the framework gives them.
pub(super) fn is_meant_for(cx: &Context<'_>, port: &Adapter, class: &ClassRef) -> bool {
    let name = &port.class.name;
    if name.starts_with('_') && port.class.module != cx.id
        || port.how != How::Base && is_one_attribute(cx, &port.class)
    {
        return false;
    }
    port.how != How::Structure
        || names::is_the_same_thing(name, &class.name)
        || !name.starts_with('_')
            && cx.own_layer() != Some(Layer::Presentation)
            && names::share_a_word(name, &class.name)
}

/// Whether the port requires only one attribute: that reveals nothing about its purpose.
fn is_one_attribute(cx: &Context<'_>, port: &ClassRef) -> bool {
    let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { return false };
    let mut members = facts.members.iter().filter(|member| !member.name.starts_with("__"));
    match (members.next(), members.next()) {
        (Some(only), None) => depth::attribute(cx, only).is_some(),
        _ => false,
    }
}

/// Whether any code of the inner layers, the presentation or the composition depends on the port.
pub(super) fn is_injected(cx: &Context<'_>, port: &ClassRef) -> bool {
    let dependents = model::query::dependents(cx.db, cx.project, port.clone());
    dependents.iter().any(|(module, _)| {
        matches!(
            cx.layer(*module),
            Some(Layer::Application | Layer::Domain | Layer::Presentation | Layer::Composition)
        )
    })
}
