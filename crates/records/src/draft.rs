//! Drafts the next record.

use std::fmt::Write as _;

use anyhow::bail;

use crate::change::Changes;
use crate::folder::Form;
use crate::git::Branches;
use crate::index;
use crate::log::Log;
use crate::record::Record;
use crate::status::Word;
use crate::template::{Part, Slot, Template};
use crate::transition;

/// What is known about a decision before people make it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Markdown for the context section: what was found, and where.
    pub context: String,
    /// The considered options, one per entry.
    pub options: Vec<String>,
    /// Markdown that explains how to confirm that the decision is followed.
    pub confirmation: String,
}

/// The decision to record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// `2026-08-07`
    pub date: String,
    /// What is known about it.
    pub evidence: Evidence,
    /// Its initial status; if `None`, the first one that the form uses.
    pub status: Option<Word>,
}

/// The changes that create the next record, the new file first; `replaced` is the record that it supersedes. Numbers
/// used on other branches are taken too.
///
/// # Errors
/// If the title has no letter or digit, is already recorded, or the file exists.
pub fn draft(
    log: &Log,
    branches: &Branches,
    draft: &Draft,
    replaced: Option<&Record>,
) -> anyhow::Result<Changes> {
    let title = draft.title.trim();
    let pattern = log.pattern();
    let words = pattern.words(title);
    if words.is_empty() {
        bail!("`{title}` is no title: the file is called after its letters and digits");
    }
    if let Some(known) = log.records.iter().find(|record| record.words == words) {
        bail!("{} records `{}` already; give another title", known.path, known.title);
    }
    let number = next(log, branches);
    let path = log.home.folder.join(pattern.with_words(number, &draft.date, &words));
    let newest = log.newest().map(|newest| Template::of(&newest.text, newest.number()));
    let template = newest.filter(Template::is_usable).unwrap_or_else(|| Template::first(log.home.form));
    let text = text(log, &template, number, draft);
    let mut changes = Changes::default();
    let Some(mut record) = Record::parse(&path, text) else { bail!("{path} is no name of a record") };
    if let Some(replaced) = replaced {
        let linked = transition::supersedes(&record.text, &record.outline, replaced);
        record.text = linked;
    }
    changes.create(path.clone(), record.text.clone());
    if let Some(replaced) = replaced {
        transition::superseded_by(&mut changes, replaced, &record);
    }
    let mut after = log.clone();
    after.records.push(record);
    index::renew(&mut changes, &after);
    Ok(changes)
}

/// The first number above all taken ones, here and on other branches.
pub(crate) fn next(log: &Log, branches: &Branches) -> u32 {
    let taken = log.numbers().chain(branches.numbers().map(|(number, ..)| number));
    taken.max().unwrap_or_default().saturating_add(1)
}

fn text(log: &Log, template: &Template<'_>, number: u32, draft: &Draft) -> String {
    let first = if log.home.form == Form::Log4brains { Word::Draft } else { Word::Proposed };
    let word = draft.status.unwrap_or(first).as_str();
    let known = log.records.iter().rev().find_map(|record| record.status.as_ref());
    let is_capital = log.home.form == Form::Nygard;
    let status = match known {
        Some(status) => status.cased(word),
        None if is_capital => word[..1].to_uppercase() + &word[1..],
        None => word.to_owned(),
    };
    let mut out = template.front_matter(&status, &draft.date).unwrap_or_default();
    let _ = writeln!(out, "# {}", template.heading().with(number, draft.title.trim()));
    let preamble = template.preamble(&status, &draft.date);
    if !preamble.is_empty() {
        let _ = write!(out, "\n{preamble}");
    }
    let slots = template.slots();
    let has = |part| slots.iter().any(|slot| slot.part == part);
    // If the form has no section for options or confirmation, their contents go into the section that fits best.
    let options_in_context = !has(Part::Options);
    for slot in &slots {
        let body = body(slot, &status, &draft.evidence, options_in_context);
        let _ = write!(out, "\n{} {}\n\n{}\n", "#".repeat(slot.level), slot.heading, body.trim_end());
    }
    if !has(Part::Confirmation) && !draft.evidence.confirmation.is_empty() {
        let _ = write!(out, "\n## Confirmation\n\n{}\n", draft.evidence.confirmation.trim_end());
    }
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

fn body(slot: &Slot<'_>, status: &str, evidence: &Evidence, options_in_context: bool) -> String {
    let options = || evidence.options.iter().flat_map(|option| ["* ", option, "\n"]).collect::<String>();
    match slot.part {
        Part::Status => status.to_owned(),
        Part::Context if evidence.context.is_empty() => "TODO".to_owned(),
        Part::Context if options_in_context && !evidence.options.is_empty() => {
            format!("{}\n\nWhat could be done:\n\n{}", evidence.context.trim_end(), options())
        }
        Part::Context => evidence.context.clone(),
        Part::Options if evidence.options.is_empty() => "* TODO".to_owned(),
        Part::Options => options(),
        Part::Confirmation if !evidence.confirmation.is_empty() => evidence.confirmation.clone(),
        Part::More => String::new(),
        Part::Decision | Part::Confirmation | Part::Other => "TODO".to_owned(),
    }
}
