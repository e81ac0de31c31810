//! Removes whole lines so that formatted code stays formatted: what is left keeps the blank lines that black and ruff
//! require, and no more than there were.

use source::{Span, TextEdit};

use super::lines::Lines;

/// Lines to remove, and their context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removed {
    /// The span; its first and last lines contain nothing else.
    pub(super) span: Span,
    /// Whether it is the first statement of its block.
    pub(super) is_first: bool,
    /// Whether it is at the top level of the module.
    pub(super) is_top_level: bool,
}

/// The edit that removes the lines.
pub(super) fn take_out(lines: Lines<'_>, it: Removed) -> TextEdit {
    let (start, end) = (lines.start(it.span.start), lines.next(it.span.end));
    let indentation = lines.indentation(it.span.start);
    let (above, gap_above) = up(lines, start);
    let (below, gap_below) = down(lines, end);
    let gap = gap(lines, it, indentation, (above, gap_above), (below, gap_below));
    let (after_above, before_below) =
        (above.map_or(0, |line| lines.next(line)), below.unwrap_or(lines.text.len() as u32));
    // At the end of the text there is nothing to separate.
    if below.is_none() && above.is_some() {
        return delete(Span::new(after_above, before_below));
    }
    if gap == gap_above {
        delete(Span::new(start, before_below))
    } else if gap == gap_below {
        delete(Span::new(after_above, end))
    } else {
        TextEdit { span: Span::new(after_above, before_below), insert: lines.ending().repeat(gap) }
    }
}

/// How many blank lines to keep between the text above and the text below.
fn gap(
    lines: Lines<'_>,
    it: Removed,
    indentation: &str,
    (above, gap_above): (Option<u32>, usize),
    (below, gap_below): (Option<u32>, usize),
) -> usize {
    let (Some(above), Some(below)) = (above, below) else { return 0 };
    let (upper, lower) = (lines.line(above), lines.line(below));
    let is_in_block = lines.indentation(below) == indentation;
    if !is_in_block && lines.indentation(below).len() < indentation.len() {
        // It was the last of its block.
        return gap_below;
    }
    let lower = lower.trim_start();
    if it.is_first && !it.is_top_level {
        // No blank line after the line that opens a block, nor after a comment that now applies to what follows.
        return 0;
    }
    let upper_text = upper.trim_start();
    if starts_definition(lower) {
        return gap_above.max(gap_below).max(if it.is_top_level { 2 } else { 1 });
    }
    match (is_import(lines, above, indentation), is_import_line(lower)) {
        (true, true) => gap_above.max(gap_below),
        (true, false) => gap_above.max(gap_below).max(1),
        (false, _) if upper_text.starts_with('#') && !it.is_top_level => 0,
        // One blank line after the docstring of a module, two only after imports.
        (false, _) if it.is_top_level && gap_above == 1 => 1,
        (false, _) if lines.indentation(above).len() > indentation.len() => gap_above.max(gap_below),
        (false, _) => gap_above,
    }
}

/// The start of the nearest line above `start` that isn't blank, and how many are between.
fn up(lines: Lines<'_>, start: u32) -> (Option<u32>, usize) {
    let (mut at, mut gap) = (start, 0);
    while at > 0 {
        let before = lines.start(at - 1);
        if !lines.line(before).trim().is_empty() {
            return (Some(before), gap);
        }
        gap += 1;
        at = before;
    }
    (None, gap)
}

/// The start of the nearest line from `end` on that isn't blank, and how many are between.
fn down(lines: Lines<'_>, end: u32) -> (Option<u32>, usize) {
    let (mut at, mut gap) = (end, 0);
    while at < lines.text.len() as u32 {
        if !lines.line(at).trim().is_empty() {
            return (Some(at), gap);
        }
        gap += 1;
        at = lines.next(at);
    }
    (None, gap)
}

fn starts_definition(line: &str) -> bool {
    ["def ", "async def ", "class ", "@"].iter().any(|start| line.starts_with(start))
}

fn is_import_line(line: &str) -> bool {
    line.starts_with("import ") || line.starts_with("from ") && line.contains(" import")
}

/// Whether the statement that ends on the line at `start` is an import: that line, or the one that opens its brackets.
fn is_import(lines: Lines<'_>, start: u32, indentation: &str) -> bool {
    let line = lines.line(start);
    if lines.indentation(start) == indentation && is_import_line(line.trim_start()) {
        return true;
    }
    if !line.trim().ends_with(')') {
        return false;
    }
    let mut at = start;
    while at > 0 {
        at = lines.start(at - 1);
        let line = lines.line(at);
        if lines.indentation(at).len() <= indentation.len() && !line.trim().is_empty() {
            return is_import_line(line.trim_start()) && line.contains('(');
        }
    }
    false
}

fn delete(span: Span) -> TextEdit {
    TextEdit { span, insert: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removes the lines between `[` and `]`.
    fn after(text: &str, is_first: bool) -> String {
        let place = |mark| text.find(mark).expect("the case marks a line");
        let (start, end) = (place('['), place(']'));
        let bare = text.replace(['[', ']'], "");
        let span = Span::new(start as u32, end as u32 - 1);
        let is_top_level = !bare[..start].ends_with(' ');
        let edit = take_out(Lines { text: &bare }, Removed { span, is_first, is_top_level });
        source::apply_edits(&bare, &[edit]).expect("one edit overlaps nothing")
    }

    #[test]
    fn blank_lines_that_are_left() {
        let cases = [
            ("def f():\n    [import a]\n\n    return 1\n", true, "def f():\n    return 1\n"),
            (
                "def f():\n    import b\n\n    [import a]\n\n    return 1\n",
                false,
                "def f():\n    import b\n\n    return 1\n",
            ),
            (
                "def f():\n    import b\n    [import a]\n\n    return 1\n",
                false,
                "def f():\n    import b\n\n    return 1\n",
            ),
            (
                "def f():\n    [import a]\n    import b\n\n    return 1\n",
                true,
                "def f():\n    import b\n\n    return 1\n",
            ),
            (
                "def f():\n    import b\n\n    [import a]\n    import c\n\n    return 1\n",
                false,
                "def f():\n    import b\n\n    import c\n\n    return 1\n",
            ),
            (
                "def f():\n    # Why.\n    [import a]\n\n    return 1\n",
                true,
                "def f():\n    # Why.\n    return 1\n",
            ),
            (
                "def f():\n    x = 1\n    [import a]\n\n    return x\n",
                false,
                "def f():\n    x = 1\n    return x\n",
            ),
            (
                "def f():\n    x = 1\n\n    [import a]\n\n    return x\n",
                false,
                "def f():\n    x = 1\n\n    return x\n",
            ),
            (
                "def f():\n    \"\"\"F.\"\"\"\n    [import a]\n\n    def g(): ...\n",
                false,
                "def f():\n    \"\"\"F.\"\"\"\n\n    def g(): ...\n",
            ),
            (
                "def f():\n    x = 1\n    [import a]\n\n\nclass B: ...\n",
                false,
                "def f():\n    x = 1\n\n\nclass B: ...\n",
            ),
            ("import b\n[import a]\n\n\ndef f(): ...\n", false, "import b\n\n\ndef f(): ...\n"),
            ("import b\n\n[import a]\n\n\nx = 1\n", false, "import b\n\n\nx = 1\n"),
            ("\"\"\"M.\"\"\"\n\n[import a]\n\n\ndef f(): ...\n", true, "\"\"\"M.\"\"\"\n\n\ndef f(): ...\n"),
            ("\"\"\"M.\"\"\"\n\n[import a]\n\nx = 1\n", true, "\"\"\"M.\"\"\"\n\nx = 1\n"),
            ("[import a]\n\n\ndef f(): ...\n", true, "def f(): ...\n"),
            ("x = 1\n\n[import a]\n", false, "x = 1\n"),
            (
                "from b import (\n    c,\n)\n[import a]\n\nif x:\n    y\n",
                false,
                "from b import (\n    c,\n)\n\nif x:\n    y\n",
            ),
        ];
        for (text, is_first, expected) in cases {
            assert_eq!(after(text, is_first), expected, "{text}");
        }
    }
}
