//! The placeholders that `%` and `format` fill: start, end, and whether only a number fits.

/// The placeholders `%s`, `%(name)s`, `%d`. `%%` is not one.
pub(super) fn percent_places(text: &str) -> Vec<(usize, usize, bool)> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('%')) {
        let start = at + found;
        let mut end = start + 1;
        if bytes.get(end) == Some(&b'(') {
            end = text[end..].find(')').map_or(bytes.len(), |close| end + close + 1);
        }
        while bytes.get(end).is_some_and(|byte| b"-+ #.0123456789".contains(byte)) {
            end += 1;
        }
        match bytes.get(end) {
            Some(b's' | b'r' | b'a') => places.push((start, end + 1, false)),
            Some(b'd' | b'i' | b'u' | b'f' | b'g' | b'e' | b'x' | b'o' | b'F' | b'G' | b'X') => {
                places.push((start, end + 1, true));
            }
            _ => {}
        }
        at = end + 1;
        while !text.is_char_boundary(at.min(text.len())) {
            at += 1;
        }
    }
    places
}

/// The placeholders `{}`, `{0}`, `{name!r:>5}`; `{{` is not one.
pub(super) fn brace_places(text: &str) -> Vec<(usize, usize, bool)> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + found;
        if text[start + 1..].starts_with('{') {
            at = start + 2;
            continue;
        }
        let Some(close) = text[start..].find('}') else { break };
        let end = start + close + 1;
        places.push((start, end, text[start..end].ends_with("d}") && text[start..end].contains(':')));
        at = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_percent_and_braces() {
        let table = [
            ("a = %s and b = %(b)s", vec![(4, 6, false), (15, 20, false)]),
            ("like '%%x' limit %d", vec![(17, 19, true)]),
            ("100%", vec![]),
            ("%é %s", vec![(4, 6, false)]),
        ];
        for (text, expected) in table {
            assert_eq!(percent_places(text), expected, "{text}");
        }
        assert_eq!(brace_places("a = {} {{x}} {b:d}"), [(4, 6, false), (13, 18, true)]);
        assert_eq!(brace_places("{"), []);
    }
}
