//! Renumbers a record after two branches took the same number.

use anyhow::bail;
use camino::{Utf8Path, Utf8PathBuf};

use crate::change::Changes;
use crate::citation::{Cited, citations};
use crate::draft::next;
use crate::git::Branches;
use crate::heading;
use crate::index;
use crate::log::Log;
use crate::record::Record;
use crate::reference::relinked;

/// A renumbered record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// Its old file name.
    pub from: String,
    /// Its new file name.
    pub to: String,
    /// Mentions of the old number that may refer to either record: path, one-based line. They stay unchanged.
    pub unclear: Vec<(Utf8PathBuf, usize)>,
}

/// The changes that give a record the next free number: file, title, links, and mentions in `texts`, which are all
/// other texts of the project that may mention records. If no record is given, this renumbers the younger ones of each
/// shared number.
///
/// Of two records with the same number, the one on the main branch keeps it; if git can't decide, the older one by
/// date, then by name. A mention `ADR-0007` changes with the record if the main branch doesn't contain that line.
///
/// # Errors
/// If the log uses dates instead of numbers.
pub fn renumber(
    log: &Log,
    branches: &Branches,
    only: Option<&Record>,
    texts: &[(Utf8PathBuf, String)],
) -> anyhow::Result<(Changes, Vec<Renumbered>)> {
    if !log.is_numbered() {
        bail!("the records in {} have dates: nothing to renumber", log.home.folder);
    }
    let moving: Vec<&Record> = match only {
        Some(record) => vec![record],
        None => younger(log, branches),
    };
    let (mut changes, mut told) = (Changes::default(), Vec::new());
    let mut number = next(log, branches);
    let mut after = log.clone();
    for record in moving {
        let Some(old) = record.number() else { continue };
        let name = record.pattern.with_words(number, "", &record.words);
        let is_shared = log.records.iter().any(|other| other.id == record.id && other.path != record.path);
        let mut unclear = Vec::new();
        changes.edit(&record.path, &record.text, |text| own(text, record, old, number));
        let others = log.records.iter().map(|other| (&other.path, &other.text));
        let others: Vec<(&Utf8PathBuf, &String)> = others
            .chain(log.others.iter().map(|(path, text)| (path, text)))
            .chain(texts.iter().map(|(path, text)| (path, text)))
            .collect();
        let paths: Vec<Utf8PathBuf> = others.iter().map(|(path, _)| (*path).clone()).collect();
        let is_new = branches.is_in_main(record.file_name()) == Some(false);
        let mains =
            if is_shared && is_new { branches.texts_in_main(&paths) } else { vec![None; paths.len()] };
        for ((path, text), main) in others.into_iter().zip(mains) {
            if *path == record.path {
                continue;
            }
            let whose = Whose { is_shared, is_new, main: main.as_deref() };
            changes.edit(path, text, |text| {
                let text = relinked(text, record.file_name(), &name);
                let (text, left) = mentions(&text, old, number, record, &whose);
                unclear.extend(left.into_iter().map(|line| (path.clone(), line)));
                text
            });
        }
        let to = log.home.folder.join(&name);
        changes.rename(&record.path, &record.text, to.clone());
        let text =
            changes.files.iter().find(|change| change.path == record.path).map(|change| change.after.clone());
        after.records.retain(|known| known.path != record.path);
        after.records.extend(text.and_then(|text| Record::parse(&to, text)));
        told.push(Renumbered { from: record.file_name().to_owned(), to: name, unclear });
        number = number.saturating_add(1);
    }
    if !told.is_empty() {
        index::renew(&mut changes, &after);
    }
    Ok((changes, told))
}

/// All records that share a number, except the one that keeps it.
fn younger<'a>(log: &'a Log, branches: &Branches) -> Vec<&'a Record> {
    let mut found = Vec::new();
    for group in log.records.chunk_by(|a, b| a.id == b.id).filter(|group| group.len() > 1) {
        let mut group: Vec<&Record> = group.iter().collect();
        group.sort_by_key(|record| {
            let is_new = branches.is_in_main(record.file_name()) == Some(false);
            (is_new, record.date().map(str::to_owned), record.path.clone())
        });
        found.extend(group.into_iter().skip(1));
    }
    found
}

/// The text of the record itself, with its heading and its mentions of itself changed.
fn own(text: &str, record: &Record, old: u32, new: u32) -> String {
    let mut after = text.to_owned();
    for mention in citations(text).iter().rev().filter(|mention| mention.record == Cited::Number(old)) {
        after.replace_range(mention.span.clone(), &written(&text[mention.span.clone()], new));
    }
    if let Some(title) = crate::outline::outline(&after).title() {
        let span = title.heading.clone();
        let heading = heading::parse(&after[span.clone()], Some(old));
        let with = heading.with(new, heading.title);
        after.replace_range(span, &with);
    }
    relinked(&after, record.file_name(), &record.pattern.with_words(new, "", &record.words))
}

/// What decides which record a mention refers to.
struct Whose<'a> {
    /// Whether another record has the same number.
    is_shared: bool,
    /// Whether the record is missing on the main branch.
    is_new: bool,
    /// The text on the main branch.
    main: Option<&'a str>,
}

/// The text with the mentions of the record changed, and the lines of mentions that may refer to another record.
fn mentions(text: &str, old: u32, new: u32, record: &Record, whose: &Whose<'_>) -> (String, Vec<usize>) {
    let (mut after, mut unclear) = (String::new(), Vec::new());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let mut changed = line.to_owned();
        let found = citations(line);
        let found: Vec<_> = found.iter().filter(|mention| mention.record == Cited::Number(old)).collect();
        if !found.is_empty() {
            let is_known =
                whose.main.is_some_and(|main| main.lines().any(|known| known.trim() == line.trim()));
            // The link that was just changed in this line identifies the record.
            let new_name = record.pattern.with_words(new, "", &record.words);
            let links_here = crate::reference::links(line);
            let is_linked = links_here.len() == 1 && links_here[0].target == new_name;
            if !whose.is_shared || is_linked || (whose.is_new && !is_known) {
                for mention in found.iter().rev() {
                    changed.replace_range(mention.span.clone(), &written(&line[mention.span.clone()], new));
                }
            } else if !is_known {
                unclear.push(index + 1);
            }
        }
        after += &changed;
    }
    (after, unclear)
}

/// `ADR-0007` with another number, padded to the same width.
fn written(mention: &str, number: u32) -> String {
    let at = mention.find(|c: char| c.is_ascii_digit()).unwrap_or(mention.len());
    let (lead, digits) = mention.split_at(at);
    let width = digits.len();
    format!("{lead}{number:0width$}")
}

/// Whether a file's text may mention records.
pub fn may_name(path: &Utf8Path) -> bool {
    path.extension()
        .is_some_and(|extension| matches!(extension, "md" | "markdown" | "py" | "pyi" | "toml" | "rst"))
}
