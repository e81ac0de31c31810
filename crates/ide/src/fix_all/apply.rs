//! The safe fixes of one file, in rounds: compatible fixes together, then again on the resulting text.

use python::Name;
use refactor::Abilities;
use source::{Span, TextEdit, apply_edits};
use view::{Applicability, Context, Finding, Fix};

use super::ROUNDS;

/// A text after its safe fixes.
pub(crate) struct Fixed {
    pub(crate) contents: String,
    /// Whether the fixes led back to an earlier text.
    pub(crate) undoes_itself: bool,
}

/// The fix to apply without review.
pub(crate) fn safe_fix(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

/// The text after all safe fixes, or those of one rule; `None` if there are none.
pub(crate) fn apply_fixes(cx: &Context<'_>, rule: Option<&str>) -> Option<Fixed> {
    let mut cx = cx.clone();
    let mut texts = vec![cx.text.as_str().to_owned()];
    let mut undoes_itself = false;
    while texts.len() <= ROUNDS {
        let Some(text) = Round::of(&cx, rule, usize::MAX).text(&cx).or_else(|| {
            // Together they broke the text: one fills a block that another empties.
            Round::of(&cx, rule, 1).text(&cx)
        }) else {
            break;
        };
        if texts.contains(&text) {
            undoes_itself = true;
            break;
        }
        cx = cx.with_text(&text);
        texts.push(text);
    }
    let contents = texts.pop().filter(|_| !texts.is_empty())?;
    Some(Fixed { contents, undoes_itself })
}

/// Compatible edits, first come first served.
#[derive(Default)]
struct Round {
    edits: Vec<TextEdit>,
    /// The names that this round binds at module level, which the facts behind the fixes don't know yet.
    names: Vec<(Name, Name)>,
}

impl Round {
    /// Fixes that edit other files are left to be applied one by one.
    fn of(cx: &Context<'_>, rule: Option<&str>, limit: usize) -> Self {
        let mut round = Self::default();
        let mut taken = 0;
        for finding in rules::check_module(cx) {
            if taken == limit {
                break;
            }
            if rule.is_some_and(|rule| rule != finding.rule) {
                continue;
            }
            let Some(fix) = safe_fix(&finding) else { continue };
            let Some(changes) = refactor::changes(cx, fix, Abilities::ALL) else { continue };
            let names = refactor::names_at_top_level(cx, fix);
            let is_within =
                changes.created.is_empty() && changes.edits.iter().all(|edit| edit.file == cx.file);
            if is_within && !round.binds_otherwise(&names) {
                let edits = changes.edits.into_iter().flat_map(|edit| edit.edits).collect();
                taken += usize::from(round.add(cx.text.as_str(), edits, names));
            }
        }
        round
    }

    /// The text after the edits; `None` if there are none, or if they make valid text invalid.
    fn text(&self, cx: &Context<'_>) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        let text = apply_edits(cx.text.as_str(), &self.edits)?;
        let is_whole = |text: &str| python::parse(text).is_whole();
        (is_whole(&text) || !is_whole(cx.text.as_str())).then_some(text)
    }

    /// Whether a fix of this round binds one of these names to something else.
    fn binds_otherwise(&self, names: &[(Name, Name)]) -> bool {
        names
            .iter()
            .any(|(name, means)| self.names.iter().any(|(other, meant)| other == name && meant != means))
    }

    /// Whether the edits are compatible with the others; if so, adds them.
    fn add(&mut self, text: &str, new: Vec<TextEdit>, names: Vec<(Name, Name)>) -> bool {
        let together = |a: &TextEdit, b: &TextEdit| {
            go_together(a, b) && !empty_a_place(text, a, b) && !fills_what_goes(text, a, b)
        };
        let fits = new.iter().all(|edit| self.edits.iter().all(|other| together(edit, other)));
        if fits {
            for edit in new {
                // Identical edits count once: two findings of one statement, one name imported in two functions.
                if !self.edits.contains(&edit) {
                    self.edits.push(edit);
                }
            }
            self.names.extend(names);
        }
        fits
    }
}

/// Two touching edits would each be right alone, but don't know of each other.
pub(super) fn go_together(a: &TextEdit, b: &TextEdit) -> bool {
    a == b || a.span.end < b.span.start || b.span.end < a.span.start
}

/// Whether two edits remove what is between the same neighbours: blank lines, or a placeholder for an empty block, are
/// right for each alone.
fn empty_a_place(text: &str, a: &TextEdit, b: &TextEdit) -> bool {
    let takes_out = |edit: &TextEdit| !edit.span.is_empty() && edit.insert.trim().is_empty();
    let (first, second) = if a.span <= b.span { (a, b) } else { (b, a) };
    let between = text.get(first.span.end as usize..second.span.start as usize).unwrap_or_default();
    let is_nothing = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
    a != b && takes_out(a) && takes_out(b) && between.lines().all(is_nothing)
}

/// Whether one edit removes or changes the lines right before an indented line that the other adds: they may be the
/// block that the line belongs to. The parser accepts an indented line without its block; Python doesn't.
fn fills_what_goes(text: &str, a: &TextEdit, b: &TextEdit) -> bool {
    let (first, second) = if a.span <= b.span { (a, b) } else { (b, a) };
    let is_indented = second.insert.trim_start_matches('\n').starts_with([' ', '\t']);
    let between = text.get(first.span.end as usize..second.span.start as usize).unwrap_or_default();
    !first.span.is_empty() && is_indented && (between.trim().is_empty() || between.lines().count() < 2)
}

/// The smallest single edit that turns `old` into `new`.
pub(crate) fn difference(old: &str, new: &str) -> TextEdit {
    let alike = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let head = alike(&mut old.chars(), &mut new.chars());
    let tail = alike(&mut old[head..].chars().rev(), &mut new[head..].chars().rev());
    let span = Span::new(head as u32, (old.len() - tail) as u32);
    TextEdit { span, insert: new[head..new.len() - tail].to_owned() }
}
