//! Annotations in string literals: `"Order"`, `"list[Order] | None"`.

/// The segments of `a.b`; `None` if the text is more than a dotted name.
pub(super) fn dotted(text: &str) -> Option<impl Iterator<Item = &str> + Clone> {
    let text = text.trim();
    let is_name = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with(|first: char| first.is_ascii_digit())
            && segment.chars().all(|character| character == '_' || character.is_alphanumeric())
    };
    // `None` only looks like a name.
    (text != "None" && text.split('.').all(is_name)).then(|| text.split('.'))
}
