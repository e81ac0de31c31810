//! Whether a port stands for a class: whether somebody meant it to be asked for instead.

use config::Layer;
use model::ClassRef;

use super::names;
use crate::Context;

/// As many classes as may implement one port beside each other: the real one, another for tests or for a second technology.
const FEW: usize = 3;

/// Whether the port is that of this class: what many classes have in common is a shape, until somebody asks for it.
pub(super) fn stands_for(cx: &Context<'_>, port: &ClassRef, class: &ClassRef) -> bool {
    model::query::adapters(cx.db, cx.project, port.clone()).len() <= FEW
        || names::is_the_same_thing(&port.name, &class.name)
        || is_asked_for(cx, port)
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
