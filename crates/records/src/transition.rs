//! Status transitions, with links in both directions if one record supersedes another.

use anyhow::bail;

use crate::change::Changes;
use crate::index;
use crate::log::Log;
use crate::outline::{Outline, outline};
use crate::record::Record;
use crate::status::{self, Place, Word};

/// A change to the state of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition<'a> {
    /// Sets this status.
    To(Word),
    /// This record supersedes it.
    SupersededBy(&'a Record),
}

/// Whether a status may change from `from` to `to`.
fn may_become(from: Word, to: Word) -> bool {
    match to {
        Word::Draft => false,
        Word::Proposed => from == Word::Draft,
        Word::Accepted | Word::Rejected => matches!(from, Word::Draft | Word::Proposed),
        Word::Deprecated | Word::Superseded => from == Word::Accepted,
    }
}

/// The changes that give a record another status; empty if it already has it.
///
/// # Errors
/// If the record has no status, or its status doesn't allow the transition.
pub fn transition(log: &Log, record: &Record, to: &Transition<'_>) -> anyhow::Result<Changes> {
    let word = match to {
        Transition::To(word) => *word,
        Transition::SupersededBy(_) => Word::Superseded,
    };
    let Some(status) = &record.status else {
        bail!(
            "{} has no status: write `status: proposed` between `---` lines, or a section `## Status`",
            record.path
        )
    };
    let mut changes = Changes::default();
    match to {
        Transition::SupersededBy(other) if other.path == record.path => {
            bail!("a record can't supersede itself")
        }
        Transition::SupersededBy(other) => {
            let known = log.successor(record);
            let is_so = known.is_some_and(|known| known.path == other.path);
            if !is_so
                && (known.is_some() || status.word.is_none_or(|from| !may_become(from, word) && from != word))
            {
                bail!(refusal(record, word));
            }
            if !is_so {
                superseded_by(&mut changes, record, other);
            }
            if !names(other, record) {
                changes.edit(&other.path, &other.text, |text| supersedes(text, &outline(text), record));
            }
        }
        Transition::To(_) => {
            if status.word == Some(word) {
                return Ok(changes);
            }
            if status.word.is_none_or(|from| !may_become(from, word)) {
                bail!(refusal(record, word));
            }
            changes.edit(&record.path, &record.text, |text| {
                with_status(text, record, &status.cased(word.as_str()))
            });
        }
    }
    let mut after = log.clone();
    for record in &mut after.records {
        let changed = changes.files.iter().find(|change| change.path == record.path);
        if let Some(read) = changed.and_then(|change| Record::parse(&record.path, change.after.clone())) {
            *record = read;
        }
    }
    index::renew(&mut changes, &after);
    Ok(changes)
}

fn refusal(record: &Record, to: Word) -> String {
    let written = record.status.as_ref().map_or("", |status| status.text.lines().next().unwrap_or_default());
    let from: Vec<&str> =
        Word::ALL.into_iter().filter(|from| may_become(*from, to)).map(Word::as_str).collect();
    let from = if from.is_empty() {
        "no record".to_owned()
    } else {
        format!("a record that is {}", from.join(" or "))
    };
    format!("{} is `{written}`; {from} becomes {}", record.path, to.as_str())
}

/// Whether a record mentions another one.
pub(crate) fn names(record: &Record, other: &Record) -> bool {
    crate::reference::links(&record.text).iter().any(|link| link.target == other.file_name())
        || crate::citation::citations(&record.text).iter().any(|mention| mention.record.is(&other.id))
}

/// Marks `record` as superseded by `other`.
pub(crate) fn superseded_by(changes: &mut Changes, record: &Record, other: &Record) {
    let Some(status) = &record.status else { return };
    let by = match status.place {
        // A link isn't a plain YAML value.
        Place::FrontMatter => other.called(),
        Place::Line | Place::Section => other.link(),
    };
    let value = format!("{} {by}", status.cased("superseded by"));
    changes.edit(&record.path, &record.text, |text| with_status(text, record, &value));
}

/// The text of a record with another status. In a section, only the first line is the status; the rest stays.
fn with_status(text: &str, record: &Record, value: &str) -> String {
    let Some(status) = status::find(text, &record.outline) else { return text.to_owned() };
    let mut span = status.span;
    if status.place == Place::Section {
        span.end = text[span.clone()].find(['\r', '\n']).map_or(span.end, |length| span.start + length);
    }
    let mut after = text.to_owned();
    after.replace_range(span, value);
    after
}

/// The text of a record with a link to the record it supersedes: in its status section if records have one, otherwise
/// among its links, or in a new section at the end if there is none.
pub(crate) fn supersedes(text: &str, outline: &Outline, replaced: &Record) -> String {
    let line = format!("Supersedes {}", replaced.link());
    let status = outline.section(text, &["status"]).map(|section| (section, ""));
    let links = || {
        let found = outline.section(text, &["links", "more information", "references", "related"]);
        found.map(|section| (section, "- "))
    };
    let Some((section, mark)) = status.or_else(links) else {
        let is_dated = matches!(replaced.id, crate::Id::Dated(_));
        let heading = if is_dated { "Links" } else { "More Information" };
        return format!("{}\n\n## {heading}\n\n- {line}\n", text.trim_end());
    };
    let body = status::trimmed(text, section.body.clone());
    let at = body.end;
    let (before, after) = text.split_at(at);
    // A list continues on the next line; otherwise a new paragraph starts.
    let gap = if body.is_empty() || mark.is_empty() { "\n\n" } else { "\n" };
    let lead = if body.is_empty() { before.trim_end() } else { before };
    let rest = after.trim_start();
    let end = if rest.is_empty() { "\n".to_owned() } else { format!("\n\n{rest}") };
    format!("{lead}{gap}{mark}{line}{end}")
}
