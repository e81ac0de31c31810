//! Whether a position in Python text is code: not a comment or string. Read from the start of the text, not from a
//! tree, since text being typed is usually broken.

/// The context of a byte of Python text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Comment,
    /// A string, with the quote that ends it, and whether it is triple-quoted.
    Text(u8, bool),
}

/// Whether text typed at `offset` is code. An unterminated string extends to the end of its line, a triple-quoted one
/// to the end of the text.
pub(super) fn is_code(text: &str, offset: usize) -> bool {
    let bytes = &text.as_bytes()[..offset.min(text.len())];
    let mut state = State::Code;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let is_triple = |quote: u8| bytes.get(at..at + 3) == Some(&[quote; 3]);
        match (state, byte) {
            (State::Code, b'#') => state = State::Comment,
            (State::Code, quote @ (b'"' | b'\'')) => {
                state = State::Text(*quote, is_triple(*quote));
                at += if is_triple(*quote) { 2 } else { 0 };
            }
            (State::Text(..), b'\\') => at += 1,
            (State::Text(quote, true), byte) if *byte == quote && is_triple(quote) => {
                state = State::Code;
                at += 2;
            }
            (State::Text(quote, false), byte) if *byte == quote => state = State::Code,
            (State::Comment | State::Text(_, false), b'\n') => state = State::Code,
            _ => {}
        }
        at += 1;
    }
    state == State::Code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        // The cursor is at `$`.
        let cases = [
            ("x = $", true),
            ("x = '$'", false),
            ("x = 'a' + $", true),
            ("x = 'it\\'s $'", false),
            ("x = 'open\ny = $", true),
            ("x = 'open \\\n still $", false),
            ("# no $", false),
            ("# no\n$", true),
            ("x = '#' + $", true),
            ("\"\"\"Words\nmore 'words' $\"\"\"", false),
            ("\"\"\"Words \\\"\"\" $\"\"\"", false),
            ("\"\"\"Words\"\"\"\n$", true),
            ("''\n$", true),
            ("r'\\' + $", false),
            ("f'{$}'", false),
        ];
        for (text, expected) in cases {
            let offset = text.find('$').expect("a cursor");
            assert_eq!(is_code(text, offset), expected, "{text}");
        }
    }
}
