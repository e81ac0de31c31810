//! Expressions in strings: forward references in annotations (PEP 484), `"Order | None"`.

use crate::{ExprArena, ExprId};

/// Longer strings are not annotations.
const MAX_LENGTH: usize = 512;

/// The expression in the string; `None` if it is too long for an annotation or isn't an expression.
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
