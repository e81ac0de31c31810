//! The statements of a module as a tree by indentation, and the comma-separated items of brackets.

use std::ops::Range;

use crate::token::{Kind, Token, tokens};

/// A parsed module.
#[derive(Debug, Clone)]
pub(crate) struct Module<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) body: Vec<Statement>,
}

/// A statement with its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Whole lines, from the preceding comments and decorators to the end of its block.
    pub(crate) lines: Range<usize>,
    /// The tokens of its decorators.
    pub(crate) decorators: Range<usize>,
    /// The tokens of its own logical line, without comments.
    pub(crate) head: Range<usize>,
    pub(crate) block: Vec<Statement>,
}

/// An item between commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its tokens, without the comma.
    pub(crate) tokens: Range<usize>,
    /// The tokens of the enclosing brackets.
    pub(crate) open: usize,
    pub(crate) close: usize,
}

impl<'a> Module<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        let tokens = tokens(text);
        let mut at = 0;
        let mut module = Self { text, tokens, body: Vec::new() };
        module.body = module.block(&mut at, 0);
        module
    }

    /// The text of a token.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| &self.text[token.span.clone()])
    }

    pub(crate) fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|token| token.kind)
    }

    /// The statements from a token on that are indented by at least `indent`.
    fn block(&self, at: &mut usize, indent: usize) -> Vec<Statement> {
        let mut found = Vec::new();
        loop {
            // Comments on their own lines, and the tokens after them.
            let mut start = None;
            while matches!(self.kind(*at), Some(Kind::LineEnd | Kind::Comment)) {
                match self.kind(*at) {
                    Some(Kind::Comment) => start = start.or(Some(*at)),
                    // An empty line separates a comment from what follows.
                    _ if self.kind(at.wrapping_sub(1)) != Some(Kind::Comment) => start = None,
                    _ => {}
                }
                *at += 1;
            }
            let Some(first) = self.tokens.get(*at) else { break };
            let column = self.column(first.span.start);
            if column < indent {
                break;
            }
            let lines_from = start.filter(|start| self.column(self.tokens[*start].span.start) == column);
            let decorators_from = *at;
            while self.word(*at) == "@" {
                self.skip_line(at);
            }
            let decorators = decorators_from..*at;
            let head_from = *at;
            self.skip_line(at);
            let head_end = (head_from..*at)
                .rev()
                .find(|token| !matches!(self.kind(*token), Some(Kind::LineEnd | Kind::Comment)))
                .map_or(head_from, |token| token + 1);
            let from = self.line_start(self.tokens[lines_from.unwrap_or(decorators_from)].span.start);
            let mut statement = Statement {
                lines: from..self.end_before(*at),
                decorators,
                head: head_from..head_end,
                block: Vec::new(),
            };
            if self.word(head_end.wrapping_sub(1)) == ":" {
                statement.block = self.block(at, column + 1);
                if let Some(last) = statement.block.last() {
                    statement.lines.end = last.lines.end;
                    // Indented comments below the block belong to it; they are between it and the next statement.
                }
            }
            found.push(statement);
        }
        found
    }

    /// Advances past the end of the logical line.
    fn skip_line(&self, at: &mut usize) {
        while let Some(kind) = self.kind(*at) {
            *at += 1;
            if kind == Kind::LineEnd {
                break;
            }
        }
    }

    fn end_before(&self, token: usize) -> usize {
        token
            .checked_sub(1)
            .and_then(|token| self.tokens.get(token))
            .map_or(self.text.len(), |token| token.span.end)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The indentation of a line.
    pub(crate) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// The items of all brackets in a token range, inner ones after outer ones.
    pub(crate) fn items(&self, range: Range<usize>) -> Vec<Item> {
        let mut found: Vec<Item> = Vec::new();
        let mut open: Vec<(usize, Vec<Range<usize>>, usize)> = Vec::new();
        for token in range {
            if self.kind(token) != Some(Kind::Sign) {
                continue;
            }
            match self.word(token) {
                "(" | "[" | "{" => open.push((token, Vec::new(), token + 1)),
                "," => {
                    if let Some((_, parts, start)) = open.last_mut() {
                        parts.push(*start..token);
                        *start = token + 1;
                    }
                }
                ")" | "]" | "}" => {
                    let Some((opening, mut parts, start)) = open.pop() else { continue };
                    parts.push(start..token);
                    // A comment after the comma belongs to the previous item.
                    let begin = |part: Range<usize>| {
                        let comments =
                            part.clone().take_while(|at| self.kind(*at) == Some(Kind::Comment)).count();
                        part.start + comments..part.end
                    };
                    let items = parts.into_iter().map(begin).filter(|part| !part.is_empty());
                    found.extend(items.map(|tokens| Item { tokens, open: opening, close: token }));
                }
                _ => {}
            }
        }
        found.sort_by_key(|item| (item.tokens.start, std::cmp::Reverse(item.tokens.end)));
        found
    }

    /// The byte ranges to remove for some parts of a comma-separated list, including their commas. `parts` are the
    /// tokens of all parts, in order.
    pub(crate) fn leaving_parts(
        &self,
        parts: &[Range<usize>],
        leaves: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<Range<usize>> {
        let (mut found, mut at) = (Vec::new(), 0);
        let start = |part: &Range<usize>| self.tokens[part.start].span.start;
        let end = |part: &Range<usize>| self.tokens[part.end - 1].span.end;
        while let Some(first) = parts.get(at) {
            if !leaves(first) {
                at += 1;
                continue;
            }
            let length = parts[at..].iter().take_while(|part| leaves(part)).count();
            let last = &parts[at + length - 1];
            found.push(
                match (at.checked_sub(1).and_then(|before| parts.get(before)), parts.get(at + length)) {
                    // Up to the next part that stays, which moves up.
                    (_, Some(next)) => start(first)..start(next),
                    // From the last part that stays; a trailing comma stays.
                    (Some(before), None) => end(before)..end(last),
                    (None, None) if self.word(last.end) == "," => {
                        start(first)..self.tokens[last.end].span.end
                    }
                    (None, None) => start(first)..end(last),
                },
            );
            at += length;
        }
        found
    }

    /// The byte ranges to remove for some items of brackets, each given by its tokens.
    pub(crate) fn leaving_items(&self, items: &[Item], leaves: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut opens: Vec<usize> = items.iter().map(|item| item.open).collect();
        opens.sort_unstable();
        opens.dedup();
        let mut found = Vec::new();
        for open in opens {
            let parts: Vec<Range<usize>> =
                items.iter().filter(|item| item.open == open).map(|item| item.tokens.clone()).collect();
            found.extend(self.leaving_parts(&parts, |part| leaves.contains(part)));
        }
        found
    }
}

impl Statement {
    /// The first keyword of its line, after any `async`.
    pub(crate) fn keyword<'a>(&self, module: &Module<'a>) -> &'a str {
        match module.word(self.head.start) {
            "async" => module.word(self.head.start + 1),
            word => word,
        }
    }

    /// The name of the class or function it defines.
    pub(crate) fn defines<'a>(&self, module: &Module<'a>) -> Option<&'a str> {
        let at = self.head.start + usize::from(module.word(self.head.start) == "async");
        matches!(module.word(at), "class" | "def").then(|| module.word(at + 1))
    }

    pub(crate) fn is_class(&self, module: &Module<'_>) -> bool {
        module.word(self.head.start) == "class"
    }

    pub(crate) fn is_function(&self, module: &Module<'_>) -> bool {
        self.keyword(module) == "def"
    }

    pub(crate) fn is_import(&self, module: &Module<'_>) -> bool {
        matches!(module.word(self.head.start), "import" | "from")
    }

    /// The name that a simple statement assigns or declares: `x = 1`, `x: int`, not `a.x = 1`.
    pub(crate) fn assigns<'a>(&self, module: &Module<'a>) -> Option<&'a str> {
        let is_name = module.kind(self.head.start) == Some(Kind::Name) && self.head.len() > 1;
        (is_name && matches!(module.word(self.head.start + 1), "=" | ":") && self.block.is_empty())
            .then(|| module.word(self.head.start))
    }

    /// Whether it consists of a string only.
    pub(crate) fn is_docstring(&self, module: &Module<'_>) -> bool {
        self.head.len() == 1 && module.kind(self.head.start) == Some(Kind::Text)
    }
}

/// The byte range to remove for a statement: the statement and the empty lines in front of it, or after it if it is the
/// first in its block.
pub(crate) fn leaving(text: &str, lines: &Range<usize>, is_first: bool) -> Range<usize> {
    let (mut start, mut end) = (lines.start, lines.end);
    if is_first {
        while let Some(length) = empty_line(&text[end..]) {
            end += length;
        }
    } else if empty_line(&text[end..]).is_some() || text[end..].is_empty() {
        while let Some(before) = text[..start]
            .strip_suffix('\n')
            .filter(|before| before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty()))
        {
            start = before.rfind('\n').map_or(0, |at| at + 1);
        }
    }
    start..end
}

/// The length of the empty line at the start of a text, including its line ending.
fn empty_line(text: &str) -> Option<usize> {
    let length = text.find('\n')? + 1;
    text[..length].trim().is_empty().then_some(length)
}

/// The text without these byte ranges.
pub(crate) fn without(text: &str, mut ranges: Vec<Range<usize>>) -> String {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        if range.start >= at {
            out += &text[at..range.start];
        }
        at = at.max(range.end);
    }
    out + text.get(at..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_tree_of_statements() {
        let text = "import a\n\n\n# about B\n@dec(\n  1)\nclass B:\n    \"\"\"Doc.\"\"\"\n\n    x: int = 1\n\n    async def f(self):\n        pass\n\ny = 2\n";
        let module = Module::parse(text);
        let words: Vec<&str> = module.body.iter().map(|it| it.keyword(&module)).collect();
        assert_eq!(words, ["import", "class", "y"]);
        let class = &module.body[1];
        assert!(text[class.lines.clone()].starts_with("# about B\n@dec"));
        assert!(text[class.lines.clone()].ends_with("pass\n"));
        assert_eq!(class.block[1].assigns(&module), Some("x"));
        assert_eq!(class.block[2].defines(&module), Some("f"));
        assert_eq!(module.body[2].assigns(&module), Some("y"));
    }

    #[test]
    fn items_leave_with_their_commas() {
        for (text, item, after) in [
            ("f(a, b, c)\n", "b", "f(a, c)\n"),
            ("f(a, b)\n", "b", "f(a)\n"),
            ("f(a)\n", "a", "f()\n"),
            ("f(a, b, c)\n", "bc", "f(a)\n"),
            ("f(a, b, c,)\n", "abc", "f()\n"),
            ("f(a, b, c, d)\n", "abd", "f(c)\n"),
            ("f(\n    a,\n    b,\n)\n", "b", "f(\n    a,\n)\n"),
            ("f(\n    a,  # x\n    b,\n)\n", "a", "f(\n    b,\n)\n"),
        ] {
            let module = Module::parse(text);
            let items = module.items(module.body[0].head.clone());
            let leaves: Vec<Range<usize>> = items
                .iter()
                .filter(|it| item.contains(module.word(it.tokens.start)))
                .map(|it| it.tokens.clone())
                .collect();
            assert_eq!(without(text, module.leaving_items(&items, &leaves)), after);
        }
    }
}
