//! Annotations inside strings: `"Order"`, `"list[Order] | None"`.

use python::{ExprArena, ExprId};

/// Longer strings are no annotations.
const MAX_LENGTH: usize = 512;

/// The segments of `a.b`; nothing where it is more than a dotted name.
pub(super) fn dotted(text: &str) -> Option<impl Iterator<Item = &str> + Clone> {
    let text = text.trim();
    let is_name = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with(|first: char| first.is_ascii_digit())
            && segment.chars().all(|character| character == '_' || character.is_alphanumeric())
    };
    // `None` is a name to the eye alone.
    (text != "None" && text.split('.').all(is_name)).then(|| text.split('.'))
}

/// The expression that the string writes.
pub(super) fn parse(text: &str) -> Option<(ExprArena, ExprId)> {
    if text.is_empty() || text.len() > MAX_LENGTH {
        return None;
    }
    let source = format!("_: ({})\n", text.trim());
    let module = python::lower(&source, &python::parse(&source));
    let annotation = module.definitions.variables.first()?.annotation?;
    let definitions = std::sync::Arc::unwrap_or_clone(module.definitions);
    Some((definitions.exprs, annotation))
}
