//! Who builds or fetches what a class needs, and where state lives.

pub(crate) mod environment_outside_config;
pub(crate) mod hidden_dependency;
mod judged;
pub(crate) mod service_locator;
mod shape;
pub(crate) mod shared_mutable_state;

pub(crate) use environment_outside_config::{Missing, Read, reads};
use python::FunctionId;

use crate::Context;

/// Whether a function is a method of a class that should be given what it needs.
pub(crate) fn is_inner_method(cx: &Context<'_>, function: FunctionId) -> bool {
    let Some(verdict) = judged::inner(cx) else { return false };
    judged::class_around(cx, function).is_some_and(|(class, _)| {
        let class = &cx.module.definitions[class];
        judged::is_of(verdict, class) && judged::is_judged(cx, class)
    })
}
