//! Whether a port stands for a class: whether somebody meant it to be asked for instead.

use config::Layer;
use model::{Adapter, ClassRef, How};
use view::Context;

use super::{depth, names};

/// As many classes as may implement one port beside each other: the real one, another for tests or for a second technology.
const FEW: usize = 3;

/// Whether the port is that of this class: what many classes have in common is a shape, until somebody asks for it.
pub(super) fn stands_for(cx: &Context<'_>, port: &ClassRef, class: &ClassRef) -> bool {
    model::query::adapters(cx.db, cx.project, port.clone()).len() <= FEW
        || names::is_the_same_thing(&port.name, &class.name)
        || is_asked_for(cx, port)
}

/// Whether a port can be meant to stand for a class. One with a leading underscore is its own module's business. Of those
/// that a class only happens to fit, one that shares no word with it speaks of something else, and who answers requests
/// takes what the frame around it gives.
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

/// Whether all that a port asks for is one attribute: that says nothing of what is done with it.
fn is_one_attribute(cx: &Context<'_>, port: &ClassRef) -> bool {
    let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) else { return false };
    let mut members = facts.members.iter().filter(|member| !member.name.starts_with("__"));
    match (members.next(), members.next()) {
        (Some(only), None) => depth::attribute(cx, only).is_some(),
        _ => false,
    }
}

/// Whether somebody of the code asks for the port.
pub(super) fn is_asked_for(cx: &Context<'_>, port: &ClassRef) -> bool {
    let askers = model::query::askers(cx.db, cx.project, port.clone());
    askers.iter().any(|(module, _)| {
        matches!(
            cx.layer(*module),
            Some(Layer::Application | Layer::Domain | Layer::Presentation | Layer::Composition)
        )
    })
}
