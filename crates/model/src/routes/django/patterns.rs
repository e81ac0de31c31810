//! Converts regular expressions of routes to readable paths.

/// `^orders/(?P<pk>\d+)/$` becomes `orders/<pk>/`. Anything but named groups remains as written.
pub(in crate::routes) fn regex(pattern: &str) -> String {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').or_else(|| pattern.strip_suffix("\\Z")).unwrap_or(pattern);
    let mut out = String::new();
    let mut chars = pattern.char_indices().peekable();
    while let Some((index, char)) = chars.next() {
        if char == '\\' {
            // An escaped punctuation character is literal, an escaped letter is a character class.
            match chars.peek() {
                Some((_, next)) if !next.is_alphanumeric() => {}
                _ => out.push('\\'),
            }
            if let Some((_, next)) = chars.next() {
                out.push(next);
            }
        } else if let Some(rest) = pattern[index..].strip_prefix("(?P<") {
            let name = rest.split('>').next().unwrap_or_default();
            out.push('<');
            out.push_str(name);
            out.push('>');
            let end = index + group_length(&pattern[index..]);
            while chars.peek().is_some_and(|(at, _)| *at < end) {
                chars.next();
            }
        } else {
            out.push(char);
        }
    }
    out
}

/// The length in bytes of the group at the beginning of `text`, including parentheses.
fn group_length(text: &str) -> usize {
    let (mut depth, mut is_escaped, mut in_class) = (0_usize, false, false);
    for (index, char) in text.char_indices() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_become_parameters() {
        for (pattern, path) in [
            (r"^orders/$", "orders/"),
            (r"^(?P<pk>\d+)/edit/$", "<pk>/edit/"),
            (r"^a/(?P<slug>[-\w()]+)/(?P<n>(a|b)+)$", "a/<slug>/<n>"),
            (r"^feed\.xml$", "feed.xml"),
            (r"^(\d+)/$", r"(\d+)/"),
            ("^broken/(?P<pk>", "broken/<pk>"),
            ("", ""),
        ] {
            assert_eq!(regex(pattern), path, "{pattern}");
        }
    }
}
