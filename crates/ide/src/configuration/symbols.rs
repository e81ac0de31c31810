//! The outline of a configuration: tables, contracts by name, overrides by path.

use config::document::{Document, Entry, Item, Section};
use source::{File, Span};
use workspace::Snapshot;

use super::Subject;

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSymbol {
    /// Its name.
    pub name: String,
    /// Additional text: the type of a contract, the value of a key.
    pub detail: Option<String>,
    /// Its kind, for the icon.
    pub kind: OutlineKind,
    /// The whole span.
    pub span: Span,
    /// Its name, within `span`.
    pub selection: Span,
    /// Its children.
    pub children: Vec<DocumentSymbol>,
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineKind {
    /// A table, or one of a list of tables.
    Table,
    /// A contract.
    Contract,
    /// A key.
    Key,
}

/// Limit on the characters of a value shown beside its key.
const LONGEST: usize = 60;

/// The outline of a configuration file; for a `pyproject.toml`, our tables.
pub fn document_symbols(snapshot: &Snapshot, file: File) -> Vec<DocumentSymbol> {
    let Some(subject) = Subject::of(snapshot, file) else { return Vec::new() };
    let document = Document::parse(subject.text.as_str());
    let mut symbols = Vec::new();
    for section in &document.sections {
        let path: Vec<&str> =
            section.header.iter().flat_map(|header| &header.path).map(|word| word.text).collect();
        let Some(own) = subject.own_path(&path) else { continue };
        let children = section.entries.iter().map(|entry| key(&document, entry));
        match &section.header {
            Some(header) if !own.is_empty() => {
                let (name, detail) = name(&own, section);
                let is_contract = own == ["contracts"];
                symbols.push(DocumentSymbol {
                    name,
                    detail,
                    kind: if is_contract { OutlineKind::Contract } else { OutlineKind::Table },
                    span: Span::new(section.span.start, end(&document, section)),
                    selection: header.span,
                    children: children.collect(),
                });
            }
            _ => symbols.extend(children),
        }
    }
    symbols
}

/// The name of a section: a contract's name, an override's paths, or a table's keys.
fn name(path: &[String], section: &Section<'_>) -> (String, Option<String>) {
    let text = |key: &str| Entry::find(&section.entries, key).and_then(Item::as_text);
    match path {
        [only] if only == "contracts" => {
            let kind = text("type").map(str::to_owned);
            (text("name").filter(|name| !name.is_empty()).unwrap_or("contract").to_owned(), kind)
        }
        [only] if only == "overrides" => {
            let paths = Entry::find(&section.entries, "paths").map_or(&[][..], Item::items);
            let paths: Vec<&str> = paths.iter().filter_map(Item::as_text).collect();
            let name = if paths.is_empty() { "override".to_owned() } else { paths.join(", ") };
            (name, Some("override".to_owned()))
        }
        _ => {
            let name = path.join(".");
            // Clients treat an empty name as an error.
            (if name.is_empty() { "?".to_owned() } else { name }, None)
        }
    }
}

fn key(document: &Document<'_>, entry: &Entry<'_>) -> DocumentSymbol {
    let names: Vec<&str> = entry.path.iter().map(|word| word.text).collect();
    let name = names.join(".");
    let selection = match entry.path.as_slice() {
        [first, .., last] => first.span.cover(last.span),
        [only] => only.span,
        [] => entry.span,
    };
    let detail = entry.value.as_ref().map(|value| {
        let text = document.text.get(value.span.start as usize..value.span.end as usize).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}...", &line[..at]),
            None => line,
        }
    });
    DocumentSymbol {
        // Clients treat an empty name as an error.
        name: if name.is_empty() { "?".to_owned() } else { name },
        detail,
        kind: OutlineKind::Key,
        span: entry.span.cover(selection),
        selection,
        children: Vec::new(),
    }
}

/// The end of a section, without the blank lines and comments before the next.
fn end(document: &Document<'_>, section: &Section<'_>) -> u32 {
    let last = section.entries.last().map(|entry| entry.span.end);
    let header = section.header.as_ref().map(|header| header.span.end);
    last.or(header).unwrap_or(section.span.end).min(document.text.len() as u32)
}
