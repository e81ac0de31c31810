//! Writes a Protocol for a class.

use super::{Abilities, Changes, ExtractProtocol};
use crate::Context;

/// Whether the class has something that a Protocol could ask for.
pub(super) fn is_offered(_cx: &Context<'_>, _extract: &ExtractProtocol) -> bool {
    false
}

/// The changes, or nothing where they can't be made.
pub(super) fn changes(
    _cx: &Context<'_>,
    _extract: &ExtractProtocol,
    _abilities: Abilities,
) -> Option<Changes> {
    None
}
