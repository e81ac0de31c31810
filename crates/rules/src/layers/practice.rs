//! Claims that most of the modules concerned break: one decision to make rather than a warning on every line.

use config::Layer;
use model::{Claim, Ground, ScopeStyle};
use view::Context;

/// The claim of the scope around the checked module that modules of its layer don't import `to`, if most of them do.
pub(crate) fn broken_by_most<'a>(
    cx: &'a Context<'_>,
    from: Layer,
    to: Layer,
) -> Option<(&'a ScopeStyle, &'a Claim)> {
    let scope = cx.architecture.layers.scope_style(cx.id)?;
    let claim = scope.claim(from, to).filter(|claim| claim.is_broken_by_most())?;
    // An explicit declaration is meant: each import against it is a fault.
    let is_declared = scope.grounds.iter().any(|it| matches!(it, Ground::Declared | Ground::Contract(_)));
    (!is_declared).then_some((scope, claim))
}
