//! All places of a finding that has more than editors list, and what an ignore comment suppresses.

use python::Directive;
use source::Span;
use view::{Context, Finding, Rule};
use workspace::Snapshot;

use crate::{Link, Place, Words, place};

/// The text about findings at `offset` with related places that are not listed elsewhere; `None` if there are none.
pub(super) fn at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let findings = snapshot.check(cx.project, cx.file);
    let here = findings.iter().filter(|it| it.span.touches(offset) && it.related.len() > crate::LISTED);
    let mut words = Words::default();
    let mut span = None;
    for finding in here {
        span.get_or_insert(finding.span);
        if !words.is_empty() {
            words.push("\n\n");
        }
        words.link(&format!("`{}`", finding.rule), Some(Link::Rule(finding.rule)));
        words.push(&format!(", all {} places\n", finding.related.len()));
        related(snapshot, cx, finding, &mut words);
    }
    Some((span?, words))
}

fn related(snapshot: &Snapshot, cx: &Context<'_>, finding: &Finding, words: &mut Words) {
    for related in &finding.related {
        let span = related.place.span(&python::query::spans(snapshot.db(), related.file));
        let place = Place { file: related.file, span };
        words.push("\n- ");
        words.place(&format!("`{}`", place::in_words(snapshot, cx.project, place)), Some(place));
        words.push(&format!(": {}", related.message));
    }
}

/// The ignore comment at `offset`.
pub(super) fn comment<'c>(cx: &'c Context<'_>, offset: u32) -> Option<&'c Directive> {
    cx.module.directives.iter().find(|directive| directive.span.touches(offset))
}

/// What a comment suppresses, of one rule or of all that it covers.
pub(super) fn silenced(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    comment: &Directive,
    rule: Option<&'static Rule>,
) -> Words {
    let findings = rules::silenced(cx, comment, rule);
    let mut words = Words::default();
    if findings.is_empty() {
        words.push("Silences nothing here");
        return words;
    }
    words.push("Silences here\n");
    for finding in &findings {
        words.push("\n- ");
        let place = Place { file: cx.file, span: finding.span };
        words.place(&format!("line {}", place::line(snapshot, place)), Some(place));
        if rule.is_none() {
            words.push(", ");
            words.link(&format!("`{}`", finding.rule), Some(Link::Rule(finding.rule)));
        }
        words.push(&format!(": {}", finding.message));
    }
    words
}

#[cfg(test)]
mod tests;
