//! Where imported names are used.

use crate::{Bodies, Definitions, Imports, NameUse, Spans};

/// The uses of imported names.
pub(super) fn uses(
    _imports: &Imports,
    _definitions: &Definitions,
    _bodies: &Bodies,
    _spans: &Spans,
) -> Vec<NameUse> {
    Vec::new()
}
