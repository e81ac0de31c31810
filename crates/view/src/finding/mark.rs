//! The part of a place that an editor underlines: never more than one line, and no indentation.

use source::Span;

/// The underlined part of `span`: of several lines the first meaningful one, without unclosed brackets and without a
/// trailing comment. That is the callee of a call whose arguments follow below, or the first link of a chain of calls.
pub fn mark(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let Some(whole) = text.get(start..end) else { return span };
    if !whole.contains(['\n', '\r']) {
        return trimmed(whole, start, whole);
    }
    let mut from = 0;
    for line in whole.split(['\n', '\r']) {
        let kept = without_comment(line);
        let kept = kept.trim_end_matches(|letter: char| letter.is_whitespace() || "([{,\\".contains(letter));
        let marked = trimmed(whole, start + from, kept);
        if !marked.is_empty() {
            return marked;
        }
        from += line.len() + 1;
    }
    Span::new(span.start, span.start)
}

/// `part`, which begins at `from`, without surrounding whitespace; all of `whole` is smaller than 4 GiB.
fn trimmed(whole: &str, from: usize, part: &str) -> Span {
    debug_assert!(part.len() <= whole.len());
    let start = from + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    Span::new(start as u32, end as u32)
}

/// A line without its trailing comment. A `#` in a string doesn't count, as far as the quotes on the line determine
/// that.
fn without_comment(line: &str) -> &str {
    let is_even = |before: &str, quote: char| before.matches(quote).count().is_multiple_of(2);
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
        let before = &line[..*at];
        is_even(before, '"') && is_even(before, '\'')
    });
    comment.map_or(line, |at| &line[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_underlined_without_what_it_leaves_open() {
        let table = [
            ("total(order)", "total(order)"),
            ("  total ", "total"),
            ("session.execute(\n    query,\n)", "session.execute"),
            ("session.execute(  # all of them\n    query,\n)", "session.execute"),
            ("call('#', \"x\",\n  y)", "call('#', \"x\""),
            ("db.query(Order)\n    .all()", "db.query(Order)"),
            ("(\n    total(order)\n)", "total(order)"),
            ("(  # why\r\n    total(order)\r\n)", "total(order)"),
            ("f\"\"\"SELECT *\nFROM orders\"\"\"", "f\"\"\"SELECT *"),
            ("a + \\\n b", "a +"),
            ("(\n[\n", ""),
            ("é(\nü)", "é"),
        ];
        for (text, expected) in table {
            let text = format!("x = {text}");
            let marked = mark(&text, Span::new(4, text.len() as u32));
            assert_eq!(&text[marked.start as usize..marked.end as usize], expected, "{text:?}");
        }
    }

    #[test]
    fn a_place_outside_of_the_text_stays_as_it_is() {
        for span in [Span::new(2, 90), Span::new(1, 2), Span::new(0, 0)] {
            assert_eq!(mark("é", span), span);
        }
    }
}
