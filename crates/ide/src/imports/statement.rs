//! What is being typed at a position: a module or a name of an import statement, or a name in code. Read from the text.

use source::Span;

/// Limit on the lines above that are searched for the start of a bracketed statement.
const LINES: usize = 200;

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed<'t> {
    /// A segment of a module: `shop.or` in `from shop.or` and `import shop.or`.
    Module {
        /// The dots before a relative module.
        level: usize,
        /// The preceding segments, as written: `shop`.
        above: &'t str,
        /// The typed part of the segment.
        prefix: Span,
    },
    /// A name: `Or` in `from shop.orders import Customer, Or`.
    Name {
        /// The dots before a relative module.
        level: usize,
        /// The module without them.
        module: &'t str,
        /// The names that the statement already imports, before and after.
        taken: Vec<&'t str>,
        /// The typed part of the name.
        prefix: Span,
    },
    /// A name in code: `Or` in `x = Or`.
    Code {
        /// The typed part; not empty.
        prefix: Span,
    },
}

/// What is being typed at `offset`; `None` in comments and strings, after a dot of an expression, and where a name is
/// defined (`def`, `as`).
pub(super) fn at(text: &str, offset: u32) -> Option<Typed<'_>> {
    let at = offset as usize;
    let (before, after) = text.split_at_checked(at)?;
    if !super::lexical::is_code(text, at) {
        return None;
    }
    if let Some(start) = import_start(before) {
        return of_import(text, start, at);
    }
    let prefix = word_before(before);
    if prefix.is_empty() || after.starts_with(is_word) || prefix.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let above = before[..at - prefix.len()].trim_end_matches([' ', '\t']);
    let makes_name = MAKERS.contains(&word_before(above));
    let is_keyword = {
        let next = after.trim_start_matches([' ', '\t']);
        next.starts_with('=') && !next.starts_with("==")
    };
    if above.ends_with('.') || makes_name || is_keyword {
        return None;
    }
    Some(Typed::Code { prefix: Span::new((at - prefix.len()) as u32, offset) })
}

/// Keywords before a name that is being defined, or before one in an import statement.
const MAKERS: [&str; 10] =
    ["def", "class", "as", "for", "global", "nonlocal", "lambda", "import", "from", "del"];

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn word_before(text: &str) -> &str {
    &text[text.trim_end_matches(is_word).len()..]
}

/// The start of the import statement that `before` ends in; `None` if it ends in none.
fn import_start(before: &str) -> Option<usize> {
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let mut start = line_start;
    for _ in 0..LINES {
        let line = before[start..].lines().next().unwrap_or_default();
        let code = line.rsplit(';').next().unwrap_or_default();
        let begins = code.trim_start();
        if begins.starts_with("from ") || begins.starts_with("import ") {
            let statement = start + (line.len() - begins.len());
            return goes_on(&before[statement..]).then_some(statement);
        }
        // Only names may be on the lines between.
        let is_list = line
            .split('#')
            .next()
            .unwrap_or_default()
            .chars()
            .all(|c| is_word(c) || matches!(c, ',' | ' ' | '\t' | '\r'));
        if !is_list || start == 0 {
            return None;
        }
        start = before[..start - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let above = before[start..].lines().next().unwrap_or_default();
        let joins = above.trim_end().ends_with('\\');
        let is_between = above.split('#').next().unwrap_or_default().trim_end();
        if !joins
            && !is_between.is_empty()
            && !is_between.ends_with([',', '('])
            && !is_between.ends_with(is_word)
        {
            return None;
        }
    }
    None
}

/// Whether a statement is still open at the end of `text`: on one line, in brackets, or after a backslash.
fn goes_on(text: &str) -> bool {
    let mut open = false;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let code = line.split('#').next().unwrap_or_default();
        open = (open || code.contains('(')) && !code.contains(')');
        let joins = code.trim_end().ends_with('\\');
        if lines.peek().is_some() && !open && !joins {
            return false;
        }
    }
    true
}

fn of_import(text: &str, start: usize, at: usize) -> Option<Typed<'_>> {
    let before = &text[start..at];
    if let Some(rest) = before.strip_prefix("import ") {
        let item = rest.rsplit(',').next().unwrap_or_default().trim_start();
        return of_module(item, 0, at);
    }
    let rest = before.strip_prefix("from ")?.trim_start();
    let dots = rest.len() - rest.trim_start_matches('.').len();
    let path = &rest[dots..];
    let end = path.find(|c: char| !is_word(c) && c != '.').unwrap_or(path.len());
    if end == path.len() {
        return of_module(path, dots, at);
    }
    let module = &path[..end];
    let names = path[end..].trim_start().strip_prefix("import")?;
    if !names.starts_with([' ', '\t', '(', '\\']) {
        return None;
    }
    let prefix = word_before(before);
    let written = names.strip_suffix(prefix).unwrap_or(names);
    let list = without_comments(written);
    let list = list.trim_matches(|c: char| c.is_whitespace() || c == '\\');
    if !list.is_empty() && !list.ends_with([',', '(']) {
        return None;
    }
    let rest = text[at..].trim_start_matches(is_word);
    let close = if written.contains('(') { rest.find(')') } else { rest.find('\n') };
    let behind = &rest[..close.unwrap_or(rest.len())];
    // If the bracket isn't closed yet, what follows is other code.
    let is_list =
        without_comments(behind).chars().all(|c| is_word(c) || matches!(c, ',' | '\\') || c.is_whitespace());
    let behind = if is_list && (close.is_some() || !written.contains('(')) { behind } else { "" };
    let taken = words(written).chain(words(behind)).collect();
    Some(Typed::Name { level: dots, module, taken, prefix: Span::new((at - prefix.len()) as u32, at as u32) })
}

fn of_module(path: &str, level: usize, at: usize) -> Option<Typed<'_>> {
    if path.starts_with('.') || !path.chars().all(|c| is_word(c) || c == '.') {
        return None;
    }
    let (above, prefix) = path.rsplit_once('.').unwrap_or(("", path));
    Some(Typed::Module { level, above, prefix: Span::new((at - prefix.len()) as u32, at as u32) })
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split('#').next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The names of a list of imported names, without their aliases.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split([',', '(', ')', '\n']).filter_map(|item| item.split_whitespace().next());
    names.filter(|name| name.chars().all(is_word))
}

#[cfg(test)]
mod tests;
