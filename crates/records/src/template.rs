//! The form of a new record: that of the newest record without its contents, or a built-in form if there is no record
//! yet.

use std::fmt::Write as _;

use crate::folder::Form;
use crate::heading::{self, Heading};
use crate::outline::{Outline, lines, outline};
use crate::status;

const MADR: &str = include_str!("template/madr.md");
const NYGARD: &str = include_str!("template/nygard.md");
const LOG4BRAINS: &str = include_str!("template/log4brains.md");

/// The record text to follow, with its parts.
pub(crate) struct Template<'a> {
    text: &'a str,
    outline: Outline,
    number: Option<u32>,
}

/// The purpose of a section, derived from its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Status,
    Context,
    Options,
    Decision,
    Confirmation,
    /// Links to other records and supporting material.
    More,
    /// Anything that only people know.
    Other,
}

/// A heading of a new record.
pub(crate) struct Slot<'a> {
    pub(crate) heading: &'a str,
    pub(crate) level: usize,
    pub(crate) part: Part,
}

/// Subheadings that belong to a form; any other subheading is specific to one record.
const INNER: [&str; 8] = [
    "consequences",
    "positive consequences",
    "negative consequences",
    "confirmation",
    "compliance",
    "positive",
    "negative",
    "neutral",
];

impl<'a> Template<'a> {
    /// The form of this record.
    pub(crate) fn of(text: &'a str, number: Option<u32>) -> Self {
        Self { text, outline: outline(text), number }
    }

    /// The form of the first record.
    pub(crate) fn first(form: Form) -> Template<'static> {
        match form {
            Form::Madr => Template::of(MADR, Some(1)),
            Form::Nygard => Template::of(NYGARD, Some(1)),
            Form::Log4brains => Template::of(LOG4BRAINS, None),
        }
    }

    /// Whether there are a title and further headings: a record without them is no form to follow.
    pub(crate) fn is_usable(&self) -> bool {
        self.outline.title().is_some() && self.outline.sections.len() > 1
    }

    pub(crate) fn heading(&self) -> Heading<'a> {
        let title = self.outline.title().map_or("", |title| &self.text[title.heading.clone()]);
        heading::parse(title, self.number)
    }

    /// The front matter with all its keys; `status` and `date` are set, and other values are omitted.
    pub(crate) fn front_matter(&self, status: &str, date: &str) -> Option<String> {
        let part = self.outline.front_matter.clone()?;
        let mut out = String::from("---\n");
        for (_, line) in lines(self.text, part) {
            // Nested values and lists are dropped.
            let key = line.split(':').next().unwrap_or_default();
            let is_key =
                line.contains(':') && key.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
            if !is_key {
                continue;
            }
            match key.to_lowercase().as_str() {
                "status" => {
                    let _ = writeln!(out, "{key}: {status}");
                }
                "date" => {
                    let _ = writeln!(out, "{key}: {date}");
                }
                "id" | "number" | "title" | "superseded-by" | "supersedes" => {}
                _ => {
                    let _ = writeln!(out, "{key}:");
                }
            }
        }
        Some(out + "---\n\n")
    }

    /// The lines below the title with `Status` and `Date` set; other fields keep their names, and all other text is
    /// dropped.
    pub(crate) fn preamble(&self, status: &str, date: &str) -> String {
        let Some(part) = self.outline.preamble() else { return String::new() };
        let mut out = String::new();
        for (at, line) in lines(self.text, part) {
            let Some((key, _)) = line.split_once(':') else { continue };
            let name = key.trim_matches(|c: char| matches!(c, '*' | '-' | '_' | ' ' | '\t'));
            let is_name = !name.is_empty()
                && name.len() <= 24
                && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
                && name.split(' ').count() <= 2;
            if !is_name {
                continue;
            }
            let value = match name.to_lowercase().as_str() {
                "status" => status,
                "date" => date,
                _ => "",
            };
            // The markup around the value stays: `**Status:** x`.
            let written = status::field(self.text, at..at + line.len(), name).map(|span| span.start - at);
            let lead = written.and_then(|at| line.get(..at)).unwrap_or(line).trim_end();
            out += format!("{lead} {value}").trim_end();
            out.push('\n');
        }
        out
    }

    /// The headings below the title.
    pub(crate) fn slots(&self) -> Vec<Slot<'a>> {
        let below = self.outline.sections.iter().filter(|section| section.level > 1);
        let slots = below.map(|section| {
            let heading = &self.text[section.heading.clone()];
            Slot { heading, level: section.level, part: part(heading) }
        });
        let is_form = |slot: &Slot<'_>| {
            slot.level == 2 || (slot.level == 3 && INNER.contains(&slot.heading.to_lowercase().as_str()))
        };
        slots.filter(is_form).collect()
    }
}

fn part(heading: &str) -> Part {
    let heading = heading.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    match heading.as_str() {
        "status" => Part::Status,
        "confirmation" | "compliance" => Part::Confirmation,
        "links" | "more information" | "references" | "related" | "notes" => Part::More,
        _ if has(&["context", "problem"]) => Part::Context,
        _ if has(&["pros and cons"]) => Part::Other,
        _ if has(&["option", "alternative"]) => Part::Options,
        _ if has(&["decision outcome", "decision"]) && !has(&["driver"]) => Part::Decision,
        _ => Part::Other,
    }
}
