//! Formal problems of a log: numbers, statuses and links.

use camino::Utf8PathBuf;

use crate::citation::{Cited, citations};
use crate::git::Branches;
use crate::log::Log;
use crate::outline::line_of;
use crate::record::Record;
use crate::reference::links;
use crate::status::Word;
use crate::transition::names;

/// A formal problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// One-based.
    pub line: usize,
    /// What is wrong, and how to fix it.
    pub message: String,
}

/// The problems of a log, sorted by path and line.
pub fn problems(log: &Log, branches: &Branches) -> Vec<Problem> {
    let mut found = Vec::new();
    for record in &log.records {
        numbers(log, branches, record, &mut found);
        status(log, record, &mut found);
        mentions(log, branches, record, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn at(record: &Record, place: usize, message: String) -> Problem {
    Problem { path: record.path.clone(), line: line_of(&record.text, place), message }
}

fn numbers(log: &Log, branches: &Branches, record: &Record, found: &mut Vec<Problem>) {
    let Some(number) = record.number() else { return };
    let same = log.records.iter().find(|other| other.id == record.id && other.path < record.path);
    if let Some(same) = same {
        let message = format!(
            "{} is the number of {} too; `architrave adr renumber` gives it another",
            record.id,
            same.file_name()
        );
        found.push(at(record, 0, message));
    }
    let elsewhere = branches.added_elsewhere(number, record.file_name());
    let elsewhere = elsewhere.filter(|(file, _)| log.records.iter().all(|known| known.file_name() != *file));
    if let Some((file, branch)) = elsewhere {
        // If the record on the other branch is older, that one keeps the number; which one it is shows only when the
        // branches are merged.
        let message = format!("{} is the number of {file} on branch {branch} too", record.id);
        found.push(at(record, 0, message));
    }
}

fn status(log: &Log, record: &Record, found: &mut Vec<Problem>) {
    let Some(status) = &record.status else {
        found.push(at(record, 0, "it has no status".to_owned()));
        return;
    };
    let written = status.text.lines().next().unwrap_or_default();
    // A status word that other records in the log use too is part of the log's own vocabulary.
    let is_own = |word: &str| {
        let first = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
        let same = log.records.iter().filter_map(|other| first(&other.status.as_ref()?.text));
        same.filter(|other| Some(other) == first(word).as_ref()).count() > 1
    };
    match status.word {
        None if !is_own(written) => {
            let known = Word::ALL.map(Word::as_str).join(", ");
            found.push(at(record, status.span.start, format!("`{written}` is no status; known are {known}")));
        }
        Some(Word::Superseded) => match log.successor(record) {
            None => {
                let message = "it is superseded, and no record is named that takes its place; \
                               `architrave adr supersede` writes both links"
                    .to_owned();
                found.push(at(record, status.span.start, message));
            }
            Some(other) if !names(other, record) => {
                let message = format!(
                    "{} takes the place of {} and doesn't say so",
                    other.file_name(),
                    record.called()
                );
                found.push(at(other, 0, message));
            }
            Some(_) => {}
        },
        _ => {}
    }
    for (place, replaced) in superseded_in(log, record) {
        let is_told = replaced.status.as_ref().is_some_and(|status| status.word == Some(Word::Superseded));
        if !is_told {
            let message = format!(
                "it supersedes {}, whose status doesn't say so; `architrave adr supersede` writes both links",
                replaced.file_name()
            );
            found.push(at(record, place, message));
        }
    }
}

/// The records that a record declares superseded, from lines that begin with that word.
fn superseded_in<'a>(log: &'a Log, record: &Record) -> Vec<(usize, &'a Record)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in record.text.split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        if words.get(..11).is_some_and(|word| word.eq_ignore_ascii_case("supersedes ")) {
            let (linked, mentioned) = (links(line), citations(line));
            let is_named = |other: &&Record| {
                linked.iter().any(|link| link.target == other.file_name())
                    || (linked.is_empty() && mentioned.iter().any(|mention| mention.record.is(&other.id)))
            };
            let others = log.records.iter().filter(|other| other.path != record.path);
            found.extend(others.filter(is_named).map(|other| (at, other)));
        }
        at += line.len();
    }
    found
}

fn mentions(log: &Log, branches: &Branches, record: &Record, found: &mut Vec<Problem>) {
    let linked = links(&record.text);
    for link in linked.iter().filter(|link| link.is_beside) {
        let is_there = log.records.iter().any(|other| other.file_name() == link.target)
            || log.others.iter().any(|(path, _)| path.file_name() == Some(link.target));
        if !is_there && crate::name::parse(link.target).is_some() {
            found.push(at(record, link.span.start, format!("the link to {} leads nowhere", link.target)));
        }
    }
    if !log.is_numbered() {
        return;
    }
    for mention in citations(&record.text) {
        let Cited::Number(number) = mention.record else { continue };
        let is_elsewhere = branches.numbers().any(|(taken, ..)| taken == number);
        if log.cited(&mention.record).is_empty() && !is_elsewhere {
            let written = &record.text[mention.span.clone()];
            found.push(at(record, mention.span.start, format!("there is no record {written}")));
        }
    }
}
