//! The string literals of a text as written, for code that searches strings for names.

use source::Span;

use crate::Tree;

/// The plain string literals, in source order: the text between the quotes, with escapes as written. Adjacent strings
/// are separate; bytes and formatted strings are excluded.
pub fn string_literals<'t>(text: &'t str, tree: &Tree) -> Vec<(Span, &'t str)> {
    let mut found = Vec::new();
    let mut cursor = tree.raw().walk();
    loop {
        let node = cursor.node();
        let is_string = node.kind() == "string";
        if is_string && let Some(contents) = contents(text.get(node.byte_range()).unwrap_or_default()) {
            found.push((Span::new(node.start_byte() as u32, node.end_byte() as u32), contents));
        }
        // The contents of a formatted string may contain strings.
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

fn contents(literal: &str) -> Option<&str> {
    let start = literal.find(['"', '\''])?;
    let (prefix, quoted) = literal.split_at(start);
    if prefix.chars().any(|flag| "bBfFtT".contains(flag)) {
        return None;
    }
    ["\"\"\"", "'''", "\"", "'"].iter().find_map(|quote| quoted.strip_prefix(quote)?.strip_suffix(quote))
}

#[cfg(test)]
mod tests {
    use super::string_literals;
    use crate::parse;

    #[test]
    fn plain_strings_alone() {
        let text =
            "\"\"\"doc.a.b\"\"\"\nX = ['a.b', r\"c.d\" u'e.f', b'g', f'h{\"i\"}']\n\ndef f(x='j'): ...\n";
        let found = string_literals(text, &parse(text));
        let found: Vec<&str> = found.into_iter().map(|(_, contents)| contents).collect();
        assert_eq!(found, ["doc.a.b", "a.b", "c.d", "e.f", "i", "j"]);
        assert!(string_literals("x = 'a", &parse("x = 'a")).len() < 2);
    }
}
