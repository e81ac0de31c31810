//! Tells from the edited line that a text is broken, without parsing the rest of it.
//!
//! Most texts between two whole ones are broken in the line that is being typed: `import `, `x = `, `order.`. The
//! parser finds that out late: it goes on behind the error with several readings of it, and reuses nothing of the old
//! tree meanwhile, which costs as much as parsing a large part of a long file.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use source::Span;
use tree_sitter::{Node, Parser, Tree};

/// More is left to the parser: parsing it twice would be felt.
const LONGEST: usize = 4 * 1024;

/// The lines behind the edited one that may complete it. To the grammar a line break is a space wherever no statement
/// can end.
const MORE_LINES: usize = 2;

/// The kinds of statements that end with their logical line. The rest of the grammar's statements have a block.
const SIMPLE: [&str; 16] = [
    "assert_statement",
    "break_statement",
    "continue_statement",
    "delete_statement",
    "exec_statement",
    "expression_statement",
    "future_import_statement",
    "global_statement",
    "import_from_statement",
    "import_statement",
    "nonlocal_statement",
    "pass_statement",
    "print_statement",
    "raise_statement",
    "return_statement",
    "type_alias_statement",
];

/// The words that begin a part of the statement above.
const CLAUSES: [&str; 5] = ["case", "elif", "else", "except", "finally"];

/// Whether `new` surely has an error in the line that was edited. `before` is the tree of the old text, which has no
/// error; the edit replaced `span` of the old text with `inserted` bytes of the new one.
///
/// What precedes that line is unchanged and ends with a whole statement, so a word in it that fits nothing before it in
/// the line fits nothing in the text.
pub(super) fn is_broken(parser: &mut Parser, before: &Tree, new: &str, span: Span, inserted: u32) -> bool {
    let Some(range) = edited_line(before, new, span, inserted) else { return false };
    let line = new[range.clone()].trim();
    let word = line.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_continued = new[..range.start].trim_end_matches(['\r', '\n']).ends_with('\\');
    if line.len() > LONGEST || CLAUSES.contains(&word) || is_continued || !is_one_logical_line(line) {
        return false;
    }
    match fit(parser, line) {
        Fit::Misplaced => true,
        Fit::Whole => false,
        // A header and a decorator are complete.
        Fit::Incomplete if line.starts_with('@') || is_header(line) => false,
        Fit::Incomplete => {
            let more = new[range.end..].split_inclusive('\n').take(MORE_LINES).map(str::len).sum::<usize>();
            let lines = new[range.start..range.end + more].trim();
            lines.len() <= LONGEST && scan(lines, |_| ()) && fit(parser, lines) == Fit::Misplaced
        }
    }
}

/// How a part of a text reads on its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It has no error.
    Whole,
    /// What follows may complete it.
    Incomplete,
    /// A word of it fits nothing before it.
    Misplaced,
}

/// How `text` reads on its own. Where it ends with its error, the error is that it ends.
fn fit(parser: &mut Parser, text: &str) -> Fit {
    let found = Arc::new(OnceLock::new());
    let noted = Arc::clone(&found);
    let mut at_end = false;
    // The only way to learn at which word a parse stumbled: recovery may skip others instead.
    parser.set_logger(Some(Box::new(move |_, message| {
        if let Some(word) = message.strip_prefix("detect_error lookahead:") {
            // Names of tokens that the scanner makes of white space begin with an underscore.
            at_end |= word == "end" || word.starts_with('_');
        } else if message.starts_with("resume ") {
            // No reading of the text goes on without recovery. Later ones don't count.
            let _ = noted.set(if at_end { Fit::Incomplete } else { Fit::Misplaced });
        }
    })));
    let tree = parser.parse(text, None);
    parser.set_logger(None);
    if tree.is_some_and(|tree| super::Tree::new(tree, text).is_whole()) {
        return Fit::Whole;
    }
    found.get().copied().unwrap_or(Fit::Incomplete)
}

/// The lines of `new` that were edited, with all of the statements that have a part there, if these are simple ones.
fn edited_line(before: &Tree, new: &str, span: Span, inserted: u32) -> Option<Range<usize>> {
    let (start, old_end) = (span.start as usize, span.end as usize);
    let new_end = start + inserted as usize;
    let line_start = |offset: usize| Some(new.get(..offset)?.rfind('\n').map_or(0, |newline| newline + 1));
    let line_end = |offset: usize| {
        let rest = new.get(offset..)?;
        Some(offset + rest.find('\n').map_or(rest.len(), |newline| newline + 1))
    };
    // Offsets before the edit are the same in both texts; those behind it are as far from the end.
    let old_len = old_end + (new.len() - new_end);
    let mut first = line_start(start)?;
    // Whole lines put in before a line leave it as it is.
    let are_lines = span.is_empty() && first == start && new[..new_end].ends_with('\n') && inserted > 0;
    let mut last = if are_lines { new_end } else { line_end(new_end)? };
    for statement in statements(container(before, start, old_end), first, old_len - (new.len() - last)) {
        if !SIMPLE.contains(&statement.kind()) {
            return None;
        }
        if statement.start_byte() < first {
            first = line_start(statement.start_byte())?;
        }
        if statement.end_byte() > old_end {
            last = last.max(line_end(new.len() - (old_len - statement.end_byte()))?);
        }
    }
    Some(first..last)
}

/// The innermost block that surrounds the edit, or the module.
fn container(tree: &Tree, start: usize, end: usize) -> Node<'_> {
    let root = tree.root_node();
    let mut node = root.descendant_for_byte_range(start, end).unwrap_or(root);
    while let Some(parent) = node.parent() {
        if node.kind() == "block" && node.start_byte() < start && end < node.end_byte() {
            break;
        }
        node = parent;
    }
    node
}

/// The statements of `container` that have bytes in common with a part of the text.
fn statements(container: Node<'_>, from: usize, to: usize) -> Vec<Node<'_>> {
    let mut cursor = container.walk();
    let mut found = Vec::new();
    if cursor.goto_first_child_for_byte(from).is_none() {
        return found;
    }
    loop {
        let node = cursor.node();
        if node.start_byte() >= to {
            return found;
        }
        if node.is_named() && node.kind() != "comment" && node.end_byte() > from {
            found.push(node);
        }
        if !cursor.goto_next_sibling() {
            return found;
        }
    }
}

/// Whether the code of a logical line ends with a colon: a compound statement's header, or something as rare.
fn is_header(line: &str) -> bool {
    let mut ends_with_colon = false;
    scan(line, |token| match token {
        Token::Code(b':') => ends_with_colon = true,
        Token::Code(byte) if !byte.is_ascii_whitespace() => ends_with_colon = false,
        Token::Text => ends_with_colon = false,
        Token::Code(_) | Token::Newline => {}
    });
    ends_with_colon
}

/// Whether all brackets and strings that `text` opens are closed in it, and no line break outside of them splits it.
fn is_one_logical_line(text: &str) -> bool {
    let (mut depth, mut is_split) = (0_i32, false);
    let is_complete = scan(text, |token| match token {
        Token::Code(b'(' | b'[' | b'{') => depth += 1,
        Token::Code(b')' | b']' | b'}') => depth -= 1,
        Token::Newline => is_split |= depth == 0,
        Token::Code(_) | Token::Text => {}
    });
    // A bracket too many is an error wherever it stands.
    is_complete && !is_split && depth <= 0
}

/// A piece of a text.
#[derive(Clone, Copy)]
enum Token {
    /// A byte of code that is not part of a string or a comment.
    Code(u8),
    /// A string.
    Text,
    /// A line break outside of strings, and not behind a backslash.
    Newline,
}

/// Reports the pieces of `text`, comments left out. Returns whether its strings are closed, and its last line isn't
/// continued.
fn scan(text: &str, mut report: impl FnMut(Token)) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'#' => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
            b'\n' => report(Token::Newline),
            b'\\' if at == bytes.len() => return false,
            b'\\' => at += 1 + usize::from(bytes[at..].starts_with(b"\r\n")),
            b'"' | b'\'' => {
                report(Token::Text);
                let Some(end) = string_end(bytes, at - 1) else { return false };
                at = end;
            }
            _ => report(Token::Code(byte)),
        }
    }
    true
}

/// The end of the string whose first quote is at `start`. A string of one line ends with it, closed or not: if not, the
/// parser says so.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = bytes[start];
    let triple = [quote; 3];
    let is_triple = bytes[start..].starts_with(&triple);
    let mut at = start + if is_triple { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !is_triple => return Some(at),
            _ if is_triple && bytes[at..].starts_with(&triple) => return Some(at + 3),
            _ if !is_triple && byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    (!is_triple).then_some(bytes.len())
}
