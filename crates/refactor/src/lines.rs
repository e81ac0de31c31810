//! The lines around a position, for edits. Offsets are bytes; positions outside the text are clamped.

use source::Span;

/// Lines of one text.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
}

impl<'a> Lines<'a> {
    /// The text of a span; empty if it is outside.
    pub(super) fn slice(self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The start of the line of `at`.
    pub(super) fn start(self, at: u32) -> u32 {
        let before = self.text.get(..at as usize).unwrap_or(self.text);
        before.rfind('\n').map_or(0, |newline| newline as u32 + 1)
    }

    /// The end of the line of `at`, without its line ending.
    pub(super) fn end(self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len() as u32
    }

    /// The start of the line after that of `at`; the end of the text after the last line.
    pub(super) fn next(self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len() as u32, |newline| at + newline as u32 + 1)
    }

    /// The text before `at` on its line.
    pub(super) fn before(self, at: u32) -> &'a str {
        self.slice(Span::new(self.start(at), at))
    }

    /// The text after `at` on its line.
    pub(super) fn after(self, at: u32) -> &'a str {
        self.slice(Span::new(at, self.end(at)))
    }

    /// The line that starts at `start`, without its ending.
    pub(super) fn line(self, start: u32) -> &'a str {
        self.slice(Span::new(start, self.end(start)))
    }

    /// The leading blanks of the line of `at`.
    pub(super) fn indentation(self, at: u32) -> &'a str {
        let line = self.line(self.start(at));
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// The line ending of the text: that of its first line.
    pub(super) fn ending(self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }
}
