//! The report as blocks, for both writers: the same text in Markdown and on a page.

use crate::claim::{Claim, Level, Place};
use crate::detection::State;
use crate::report::{Review, Row};

/// A part of a document. Text in backticks is code.
pub(crate) enum Block {
    /// One-based depth, text.
    Heading(u8, String),
    /// Text.
    Paragraph(String),
    /// Items.
    List(Vec<String>),
    /// Headings and rows.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// A claim: level, text, and the blocks below it.
    Claim(Option<Level>, String, Vec<Block>),
    /// Language and text.
    Code(&'static str, String),
}

/// The document.
pub(crate) fn blocks(review: &Review) -> Vec<Block> {
    let mut out = vec![Block::Heading(1, format!("Review of {}", review.project))];
    if let Some(since) = &review.since {
        out.push(Block::Paragraph(format!("Only what has changed since {since}.")));
        let is_same = review.gone.is_empty() && review.steps.is_empty() && review.concerns().next().is_none();
        if is_same && review.areas.iter().all(|it| it.strengths.is_empty()) {
            out.push(Block::Paragraph("Nothing has.".to_owned()));
        }
        if !review.gone.is_empty() {
            out.push(Block::Heading(2, "Cured".to_owned()));
            out.push(Block::List(review.gone.clone()));
        }
    } else {
        out.push(Block::Heading(2, "Summary".to_owned()));
        out.extend(review.summary.iter().cloned().map(Block::Paragraph));
        stack(review, &mut out);
    }
    for area in &review.areas {
        if area.strengths.is_empty() && area.concerns.is_empty() {
            continue;
        }
        out.push(Block::Heading(2, area.title.to_owned()));
        if !area.concerns.is_empty() {
            out.push(Block::Heading(3, "Concerns".to_owned()));
            out.extend(area.concerns.iter().map(claim));
        }
        if !area.strengths.is_empty() {
            out.push(Block::Heading(3, "Strengths".to_owned()));
            out.push(Block::List(area.strengths.iter().map(strength).collect()));
        }
    }
    patterns(review, &mut out);
    checklist("Security checklist (OWASP ASVS 5.0.0)", &review.security, &mut out);
    checklist("Twelve factors", &review.factors, &mut out);
    if !review.roadmap.is_empty() {
        out.push(Block::Heading(2, "What breaks first".to_owned()));
        let rows = review.roadmap.iter().map(|it| {
            vec![it.when.to_owned(), it.what.clone(), it.place.as_ref().map(place).unwrap_or_default()]
        });
        out.push(Block::Table(vec!["when", "what", "where"], rows.collect()));
    }
    if !review.absences.is_empty() {
        out.push(Block::Heading(2, "Looked for and not found".to_owned()));
        let rows = review.absences.iter().map(|it| vec![it.what.clone(), it.looked_in.clone()]);
        out.push(Block::Table(vec!["what", "where"], rows.collect()));
    }
    steps(review, &mut out);
    if !review.questions.is_empty() {
        out.push(Block::Heading(2, "Questions that the repository can't answer".to_owned()));
        out.push(Block::List(review.questions.iter().map(|it| it.text.clone()).collect()));
    }
    out
}

fn stack(review: &Review, out: &mut Vec<Block>) {
    if review.stack.parts.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Technology".to_owned()));
    let rows = review.stack.parts.iter().map(|it| {
        let used = match (it.modules, &it.example) {
            (0, Some(example)) if is_python(example) => format!("named in `{example}`"),
            (0, Some(example)) => format!("started by `{example}`"),
            (0, None) => String::new(),
            (1, Some(example)) => format!("`{example}`"),
            (count, _) => format!("{count} modules"),
        };
        vec![
            it.purpose.to_owned(),
            it.name.clone(),
            it.version.clone().unwrap_or_else(|| "not pinned".to_owned()),
            it.place.as_ref().map(place).unwrap_or_default(),
            used,
        ]
    });
    out.push(Block::Table(vec!["for", "what", "version", "by", "used in"], rows.collect()));
    if !review.stack.notes.is_empty() {
        out.push(Block::List(review.stack.notes.clone()));
    }
}

fn patterns(review: &Review, out: &mut Vec<Block>) {
    if review.patterns.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Patterns".to_owned()));
    let rows = review.patterns.iter().map(|it| {
        let mut places: Vec<String> = it.places.iter().map(place).collect();
        if it.count > places.len() {
            places.push(format!("{} more", it.count - places.len()));
        }
        let name = if it.is_sure { it.name.to_owned() } else { format!("looks like: {}", it.name) };
        let figures = it.figures.clone().unwrap_or_else(|| it.count.to_string());
        vec![name, figures, it.marks.join(", "), places.join("; ")]
    });
    out.push(Block::Table(vec!["pattern", "how many", "by", "where"], rows.collect()));
}

fn checklist(title: &str, rows: &[Row], out: &mut Vec<Block>) {
    if rows.is_empty() {
        return;
    }
    out.push(Block::Heading(2, title.to_owned()));
    let is_known = |it: &&Row| it.state != State::NothingFound;
    let known = rows.iter().filter(is_known).map(|it| {
        vec![
            it.chapter.clone(),
            it.check.clone(),
            state(it.state).to_owned(),
            it.place.as_ref().map(place).unwrap_or_default(),
        ]
    });
    let known: Vec<_> = known.collect();
    let unknown = rows.len() - known.len();
    if !known.is_empty() {
        out.push(Block::Table(vec!["", "check", "state", "where"], known));
    }
    if unknown > 0 {
        let mut short: Vec<&str> = Vec::new();
        for row in rows.iter().filter(|it| it.state == State::NothingFound) {
            let number = row.chapter.split(' ').next().unwrap_or_default();
            if !short.contains(&number) {
                short.push(number);
            }
        }
        out.push(Block::Paragraph(format!(
            "{} of its {} checks found nothing here, good or bad ({}).",
            unknown,
            rows.len(),
            short.join(", ")
        )));
    }
}

fn claim(claim: &Claim) -> Block {
    let mut below = vec![Block::List(claim.places.iter().map(place).collect())];
    if let Some(recommendation) = &claim.recommendation {
        below.push(Block::Paragraph(format!("Recommended: {recommendation}")));
    }
    if let Some(example) = &claim.example {
        below.push(Block::Code(example.language, example.text.clone()));
    }
    Block::Claim(claim.level, claim.text.clone(), below)
}

/// Limit on the places shown of what is as it should be.
const STRENGTH: usize = 4;

fn strength(claim: &Claim) -> String {
    let mut places: Vec<String> = claim.places.iter().take(STRENGTH).map(place).collect();
    if claim.places.len() > STRENGTH {
        places.push(format!("and {} more", claim.places.len() - STRENGTH));
    }
    if places.is_empty() { claim.text.clone() } else { format!("{} ({})", claim.text, places.join(", ")) }
}

fn steps(review: &Review, out: &mut Vec<Block>) {
    if review.steps.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Next steps".to_owned()));
    let rows = review.steps.iter().enumerate().map(|(at, step)| {
        let after: Vec<String> = step.after.iter().map(ToString::to_string).collect();
        vec![
            (at + 1).to_string(),
            step.rank.as_str().to_owned(),
            step.text.clone(),
            step.place.as_ref().map(|it| format!("`{}:{}`", it.path, it.line)).unwrap_or_default(),
            step.files.to_string(),
            after.join(", "),
        ]
    });
    out.push(Block::Table(vec!["", "rank", "step", "begin at", "files", "after"], rows.collect()));
}

/// A place, with its note.
fn place(place: &Place) -> String {
    match &place.note {
        Some(note) => format!("`{}:{}`: {note}", place.path, place.line),
        None => format!("`{}:{}`", place.path, place.line),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Fine => "fine",
        State::Concern => "concern",
        State::NotVisible => "not visible",
        State::NothingFound => "nothing found",
    }
}

/// Whether a place is in a Python file.
fn is_python(place: &str) -> bool {
    std::path::Path::new(place).extension().is_some_and(|end| end == "py")
}
