//! Expressions that stand in strings: the forward references of annotations (PEP 484), `"Order | None"`.

use crate::{ExprArena, ExprId};

/// Longer strings are no annotations.
const MAX_LENGTH: usize = 512;

/// The expression that the string writes; nothing where it is too long for an annotation or none.
pub fn quoted(text: &str) -> Option<(ExprArena, ExprId)> {
    if text.is_empty() || text.len() > MAX_LENGTH {
        return None;
    }
    let source = format!("_: ({})\n", text.trim());
    let module = crate::lower(&source, &crate::parse(&source));
    let annotation = module.definitions.variables.first()?.annotation?;
    let definitions = std::sync::Arc::unwrap_or_clone(module.definitions);
    Some((definitions.exprs, annotation))
}
