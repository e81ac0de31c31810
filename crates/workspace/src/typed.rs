//! Typed text: the newest text of an open buffer, which may be ahead of what queries see, and where positions of
//! earlier texts are in it.
//!
//! While the user types, the input of the queries is left alone ([`crate::Workspace::type_in`]): a write would cancel
//! every reader at each keystroke, and project-wide work would never finish. What is shown meanwhile comes from the
//! last answers, moved along with the edits, and from this text.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use source::{Span, Text};

/// Limit on the edits remembered; beyond it, the older half is dropped.
const REMEMBERED: usize = 4096;

/// The newest text of an open buffer.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The text.
    pub text: Arc<Text>,
    /// Its number: each edit creates a new text.
    pub number: u64,
    /// The number of the text that queries see.
    pub seen: u64,
    edits: Arc<Edits>,
    newest: Arc<AtomicU64>,
}

/// The edits of a buffer, in order.
#[derive(Debug, Default, Clone)]
struct Edits {
    /// The number of the text that the first edit applies to.
    first: u64,
    list: Vec<Replaced>,
}

/// One edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// The replaced span, in the text before.
    pub(crate) span: Span,
    /// The length of the new text in bytes.
    pub(crate) len: u32,
}

impl Typed {
    /// The text of a newly opened buffer.
    pub(crate) fn opened(text: Arc<Text>) -> Self {
        Self { text, number: 0, seen: 0, edits: Arc::default(), newest: Arc::default() }
    }

    /// The text after some edits.
    pub(crate) fn edited(&mut self, text: Arc<Text>, edits: &[Replaced]) {
        let log = Arc::make_mut(&mut self.edits);
        if log.list.len() + edits.len() > REMEMBERED {
            let forgotten = log.list.len() / 2;
            log.list.drain(..forgotten);
            log.first += forgotten as u64;
        }
        log.list.extend(edits);
        self.text = text;
        self.number = log.first + log.list.len() as u64;
        self.newest.store(self.number, Ordering::Release);
    }

    /// The buffer was opened again with another text: positions of the old one don't map to it.
    pub(crate) fn replaced(&mut self, text: Arc<Text>) {
        self.number += 1;
        self.edits = Arc::new(Edits { first: self.number, list: Vec::new() });
        self.text = text;
        self.newest.store(self.number, Ordering::Release);
    }

    /// Whether no text was typed since.
    pub fn is_newest(&self) -> bool {
        self.newest.load(Ordering::Acquire) == self.number
    }

    /// Maps a span of text number `from` to this text. `None` if its contents were deleted, or if the edits since that
    /// text are no longer remembered.
    pub fn moved(&self, span: Span, from: u64) -> Option<Span> {
        let skipped = usize::try_from(from.checked_sub(self.edits.first)?).ok()?;
        let edits = self.edits.list.get(skipped..)?;
        let mut moved = span;
        for edit in edits {
            moved = edit.moved(moved);
        }
        (span.start == span.end || moved.start < moved.end).then_some(moved)
    }
}

impl Replaced {
    /// The span after the edit: text typed before its first letter or after its last is not part of it.
    fn moved(self, span: Span) -> Span {
        let Span { start, end } = self.span;
        let shift = |place: u32| place - (end - start) + self.len;
        let moved_start = match span.start {
            place if place >= end => shift(place),
            place if place <= start => place,
            _ => start + self.len,
        };
        let moved_end = match span.end {
            place if place <= start => place,
            place if place >= end => shift(place),
            _ => start,
        };
        Span::new(moved_start, moved_end.max(moved_start))
    }

    /// The smallest single edit that turns `old` into `new`.
    pub(crate) fn between(old: &str, new: &str) -> Self {
        let alike = |(a, b): &(char, char)| a == b;
        let head: usize =
            old.chars().zip(new.chars()).take_while(alike).map(|(letter, _)| letter.len_utf8()).sum();
        let tail: usize = old[head..]
            .chars()
            .rev()
            .zip(new[head..].chars().rev())
            .take_while(alike)
            .map(|(letter, _)| letter.len_utf8())
            .sum();
        Self {
            span: Span::new(head as u32, (old.len() - tail) as u32),
            len: (new.len() - tail - head) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that starts as the first of `texts` and becomes each of the others.
    fn typed(texts: &[&str]) -> Typed {
        let text = |text: &str| Arc::new(Text::from_buffer(text.into()));
        let mut typed = Typed::opened(text(texts[0]));
        for pair in texts.windows(2) {
            typed.edited(text(pair[1]), &[Replaced::between(pair[0], pair[1])]);
        }
        typed
    }

    #[test]
    fn spans_follow_what_they_hold() {
        // Brackets mark the span before and after.
        let table = [
            ("[abc]", "x[abc]"),
            ("[abc]", "[abc]x"),
            ("[abc]", "[abxc]"),
            ("[abc]", "[ac]"),
            ("ab[cd]ef", "b[cd]ef"),
            ("ab[cd]ef", "ab[d]ef"),
            ("ab[cd]ef", "ab[c]f"),
            ("a[é]b", "\u{1f600}a[é]b"),
            ("[a]\nb", "\n\n[a]\nb"),
        ];
        for (before, after) in table {
            let parts = |marked: &str| {
                let start = marked.find('[').unwrap_or_default();
                let end = marked.find(']').unwrap_or_default() - 1;
                (marked.replace(['[', ']'], ""), Span::new(start as u32, end as u32))
            };
            let ((old, span), (new, expected)) = (parts(before), parts(after));
            assert_eq!(typed(&[&old, &new]).moved(span, 0), Some(expected), "{before} {after}");
        }
    }

    #[test]
    fn what_is_deleted_is_gone_and_what_is_forgotten_is_not_known() {
        let whole = Span::new(0, 3);
        assert_eq!(typed(&["abc", ""]).moved(whole, 0), None);
        assert_eq!(typed(&["abc", "", "abc"]).moved(whole, 0), None, "typed anew");
        assert_eq!(typed(&["abc", "abc "]).moved(whole, 1), Some(whole), "of the newest text");
        assert_eq!(typed(&["abc"]).moved(whole, 1), None, "of a text that is not there yet");
        let mut opened_again = typed(&["abc", "abc "]);
        opened_again.replaced(Arc::default());
        assert_eq!(opened_again.moved(whole, 1), None);
        let mut long = typed(&["abc"]);
        for _ in 0..=REMEMBERED {
            long.edited(Arc::default(), &[Replaced { span: Span::new(0, 0), len: 1 }]);
        }
        assert_eq!(long.moved(whole, 0), None);
        let step = REMEMBERED as u64;
        assert_eq!(long.moved(whole, step), Some(Span::new(1, 4)));
    }

    #[test]
    fn older_texts_know_that_they_are() {
        let mut newest = typed(&["a"]);
        let older = newest.clone();
        assert!(older.is_newest());
        newest.edited(Arc::default(), &[Replaced { span: Span::new(0, 1), len: 0 }]);
        assert!(!older.is_newest() && newest.is_newest());
    }
}
