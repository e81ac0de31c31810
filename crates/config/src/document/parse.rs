//! Parses tokens to a document.

use source::Span;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::{Document, Entry, Header, Item, ItemValue, Section, Word};

/// Lists and tables nested deeper than this are skipped: no configuration has them, and the parser is recursive.
const DEEPEST: usize = 32;

impl<'t> Document<'t> {
    /// Reads a text.
    pub fn parse(text: &'t str) -> Self {
        let tokens = Source::new(text).lex();
        let tokens: Vec<(TokenKind, Span)> = tokens
            .map(|token| (token.kind(), Span::new(token.span().start() as u32, token.span().end() as u32)))
            .collect();
        let comments = tokens.iter().filter(|(kind, _)| *kind == TokenKind::Comment);
        let comments = comments.map(|(_, span)| *span).collect();
        let mut parser = Parser { text, tokens, at: 0, end: 0, is_new_line: true };
        Self { text, sections: parser.sections(), comments }
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(TokenKind, Span)>,
    at: usize,
    /// The end of the last consumed token that isn't blank.
    end: u32,
    /// Whether only blanks were consumed since the beginning of the line.
    is_new_line: bool,
}

impl<'t> Parser<'t> {
    fn kind(&self) -> TokenKind {
        self.tokens.get(self.at).map_or(TokenKind::Eof, |(kind, _)| *kind)
    }

    /// The span of the next token.
    fn span(&self) -> Span {
        let end = self.text.len() as u32;
        self.tokens.get(self.at).map_or(Span::new(end, end), |(_, span)| *span)
    }

    fn bump(&mut self) {
        match self.kind() {
            TokenKind::Newline => self.is_new_line = true,
            TokenKind::Whitespace | TokenKind::Comment | TokenKind::Eof => {}
            _ => {
                self.is_new_line = false;
                self.end = self.span().end;
            }
        }
        self.at += 1;
    }

    fn skip_blanks(&mut self) {
        while self.kind() == TokenKind::Whitespace {
            self.bump();
        }
    }

    fn skip_lines(&mut self) {
        while matches!(self.kind(), TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment) {
            self.bump();
        }
    }

    /// Skips to the next line, unless it is already reached.
    fn skip_rest_of_line(&mut self) {
        while !self.is_new_line && self.kind() != TokenKind::Eof {
            self.bump();
        }
    }

    fn sections(&mut self) -> Vec<Section<'t>> {
        let end = self.text.len() as u32;
        let mut sections = Vec::new();
        let mut section = Section { header: None, entries: Vec::new(), span: Span::new(0, end) };
        loop {
            self.skip_lines();
            match self.kind() {
                TokenKind::Eof => break,
                TokenKind::LeftSquareBracket => {
                    let start = self.span().start;
                    section.span.end = start;
                    sections.push(section);
                    let header = Some(self.header());
                    section = Section { header, entries: Vec::new(), span: Span::new(start, end) };
                }
                kind if is_key(kind) || kind == TokenKind::Dot => section.entries.push(self.entry(0)),
                _ => self.bump(),
            }
            self.skip_rest_of_line();
        }
        sections.push(section);
        sections
    }

    fn header(&mut self) -> Header<'t> {
        let start = self.span().start;
        self.bump();
        let is_list = self.kind() == TokenKind::LeftSquareBracket;
        if is_list {
            self.bump();
        }
        let path = self.keys();
        self.skip_blanks();
        for _ in 0..=usize::from(is_list) {
            if self.kind() == TokenKind::RightSquareBracket {
                self.bump();
            }
        }
        Header { path, is_list, span: Span::new(start, self.end) }
    }

    /// Dotted keys. A key that is still to be typed is empty, at the position where it would be.
    fn keys(&mut self) -> Vec<Word<'t>> {
        let mut words = Vec::new();
        loop {
            let missing = if words.is_empty() && self.is_new_line { self.span().start } else { self.end };
            self.skip_blanks();
            if is_key(self.kind()) {
                let span = self.span();
                words.push(Word { text: &self.text[inner(self.text, span)], span });
                self.bump();
            } else {
                words.push(Word { text: "", span: Span::new(missing, missing) });
            }
            let after = self.at;
            self.skip_blanks();
            if self.kind() != TokenKind::Dot {
                self.at = after;
                return words;
            }
            self.bump();
        }
    }

    fn entry(&mut self, depth: usize) -> Entry<'t> {
        let start = self.span().start;
        let path = self.keys();
        let after = self.at;
        self.skip_blanks();
        let (mut equals, mut value) = (None, None);
        if self.kind() == TokenKind::Equals {
            equals = Some(self.span().end);
            self.bump();
            self.skip_blanks();
            value = self.value(depth + 1);
        } else {
            self.at = after;
        }
        let span = Span::new(start, self.end.max(start));
        let is_finished = value.as_ref().is_some_and(Item::is_closed);
        let reach =
            if is_finished || (equals.is_none() && value.is_none()) { span.end } else { self.next_word() };
        Entry { path, equals, value, span, reach }
    }

    /// The end of the blanks after the last consumed token.
    fn next_word(&self) -> u32 {
        let mut at = self.tokens.partition_point(|(_, span)| span.start < self.end);
        let blank = |kind| matches!(kind, TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment);
        let is_list = self.is_new_line;
        while let Some((kind, _)) = self.tokens.get(at)
            && (*kind == TokenKind::Whitespace || (is_list && blank(*kind) && at < self.at))
        {
            at += 1;
        }
        self.tokens.get(at).map_or(self.text.len() as u32, |(_, span)| span.start)
    }

    fn value(&mut self, depth: usize) -> Option<Item<'t>> {
        let span = self.span();
        let value = match self.kind() {
            TokenKind::BasicString
            | TokenKind::LiteralString
            | TokenKind::MlBasicString
            | TokenKind::MlLiteralString => {
                self.bump();
                let inner = inner(self.text, span);
                ItemValue::Text(&self.text[inner.clone()], Span::new(inner.start as u32, inner.end as u32))
            }
            TokenKind::LeftSquareBracket if depth < DEEPEST => self.list(depth),
            TokenKind::LeftCurlyBracket if depth < DEEPEST => self.table(depth),
            TokenKind::Atom | TokenKind::Dot => {
                while matches!(self.kind(), TokenKind::Atom | TokenKind::Dot) {
                    self.bump();
                }
                ItemValue::Other(&self.text[span.start as usize..self.end as usize])
            }
            _ => return None,
        };
        Some(Item { value, span: Span::new(span.start, self.end) })
    }

    fn list(&mut self, depth: usize) -> ItemValue<'t> {
        self.bump();
        let mut items = Vec::new();
        loop {
            self.skip_lines();
            match self.kind() {
                TokenKind::Eof => return ItemValue::List { items, is_closed: false },
                TokenKind::RightSquareBracket => {
                    self.bump();
                    return ItemValue::List { items, is_closed: true };
                }
                TokenKind::RightCurlyBracket if depth > 1 => {
                    return ItemValue::List { items, is_closed: false };
                }
                _ if self.is_new_line && self.begins_statement() => {
                    return ItemValue::List { items, is_closed: false };
                }
                _ => match self.value(depth + 1) {
                    Some(item) => items.push(item),
                    None => self.bump(),
                },
            }
        }
    }

    fn table(&mut self, depth: usize) -> ItemValue<'t> {
        self.bump();
        let mut entries = Vec::new();
        let mut goes_on = true;
        loop {
            self.skip_blanks();
            match self.kind() {
                TokenKind::Eof => return ItemValue::Table { entries, is_closed: false },
                TokenKind::RightCurlyBracket => {
                    self.bump();
                    return ItemValue::Table { entries, is_closed: true };
                }
                TokenKind::Newline | TokenKind::Comment => {
                    let before = (self.at, self.is_new_line);
                    self.skip_lines();
                    if !goes_on || self.kind() == TokenKind::LeftSquareBracket {
                        // The next statement, on its own line.
                        (self.at, self.is_new_line) = before;
                        return ItemValue::Table { entries, is_closed: false };
                    }
                }
                kind if is_key(kind) || kind == TokenKind::Dot => {
                    entries.push(self.entry(depth));
                    goes_on = false;
                }
                kind => {
                    goes_on = kind == TokenKind::Comma;
                    self.bump();
                }
            }
        }
    }

    /// Whether `key =` or a complete header follows, which ends an unclosed list.
    fn begins_statement(&self) -> bool {
        let mut kinds = self.tokens[self.at..].iter().map(|(kind, _)| *kind);
        let first = kinds.next();
        let is_header = first == Some(TokenKind::LeftSquareBracket);
        if !(is_header || first.is_some_and(is_key)) {
            return false;
        }
        let mut closed = false;
        for kind in kinds {
            match kind {
                TokenKind::Whitespace => {}
                TokenKind::Equals => return !is_header,
                TokenKind::RightSquareBracket if is_header => closed = true,
                TokenKind::Newline | TokenKind::Comment | TokenKind::Eof => return closed,
                TokenKind::LeftSquareBracket | TokenKind::Dot if !closed => {}
                _ if is_key(kind) && !closed => {}
                _ => return false,
            }
        }
        closed
    }
}

impl Item<'_> {
    /// Whether nothing can be appended to it: a bare word could continue.
    fn is_closed(&self) -> bool {
        match &self.value {
            ItemValue::List { is_closed, .. } | ItemValue::Table { is_closed, .. } => *is_closed,
            ItemValue::Text(..) | ItemValue::Other(_) => true,
        }
    }
}

fn is_key(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString)
}

/// The range of a token without its quotes, the closing one of which may be missing.
fn inner(text: &str, span: Span) -> std::ops::Range<usize> {
    let (start, end) = (span.start as usize, span.end as usize);
    let token = &text[start..end];
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        if let Some(rest) = token.strip_prefix(quote) {
            let content = rest.strip_suffix(quote).unwrap_or(rest);
            let start = start + quote.len();
            return start..start + content.len();
        }
    }
    start..end
}
