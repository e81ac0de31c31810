//! Completions of headers: `[layers]`, `[[contracts]]`, `[rules.god-object]`.

use config::document::{Document, Place};
use config::schema::{self, ContractType, Takes};
use source::Span;

use super::Subject;
use super::meaning::Meaning;
use crate::completion::{Completion, CompletionKind};

/// One header: its keys below ours, whether it has double brackets, and its meaning.
struct Header {
    path: Vec<&'static str>,
    is_list: bool,
    meaning: Meaning,
}

fn all() -> Vec<Header> {
    let mut headers = Vec::new();
    for key in schema::CONFIGURATION {
        let is_list = match key.takes {
            Takes::Layers | Takes::Rules => false,
            Takes::Overrides | Takes::Contracts => true,
            _ => continue,
        };
        headers.push(Header { path: vec![key.name], is_list, meaning: Meaning::Key(key) });
    }
    if let Some(rules) = schema::OVERRIDE.iter().find(|key| key.takes == Takes::Rules) {
        let path = vec!["overrides", rules.name];
        headers.push(Header { path, is_list: false, meaning: Meaning::Key(rules) });
    }
    let of_modules = ContractType::by_name("modules").into_iter().flat_map(|kind| kind.keys);
    headers.extend(of_modules.filter_map(|key| {
        let is_list = match key.takes {
            Takes::DeclaredModules | Takes::Interfaces => true,
            Takes::External => false,
            _ => return None,
        };
        Some(Header { path: vec!["contracts", key.name], is_list, meaning: Meaning::Key(key) })
    }));
    let with_options = rules::ALL.iter().filter(|rule| !rule.options.is_empty());
    headers.extend(with_options.map(|rule| Header {
        path: vec!["rules", rule.id],
        is_list: false,
        meaning: Meaning::Rule(rule),
    }));
    headers
}

/// Whether `name` in the table at `path` is better written as a header.
pub(super) fn is_header(path: &[String], name: &str) -> bool {
    path.is_empty() && all().iter().any(|header| header.path == [name])
}

/// The headers that complete a partial header.
pub(super) fn in_header(
    subject: &Subject<'_>,
    document: &Document<'_>,
    place: &Place<'_>,
    is_list: bool,
) -> Vec<Completion> {
    let mut items = Vec::new();
    let mut propose = |path: &[&str], meaning: Option<Meaning>| {
        let Some(rest) = path.strip_prefix(place.path.as_slice()).filter(|rest| !rest.is_empty()) else {
            return;
        };
        let mut item = Completion::new(rest.join("."), CompletionKind::Key, place.span);
        item.documentation = meaning.map(|meaning| meaning.summary().to_owned());
        items.push(item);
    };
    if !is_list && !subject.prefix.is_empty() {
        propose(subject.prefix, None);
    }
    for header in all().into_iter().filter(|header| header.is_list == is_list) {
        let path = [subject.prefix, &header.path].concat();
        if is_list || !is_written(document, &path, place.span) {
            propose(&path, Some(header.meaning));
        }
    }
    items
}

/// Whole headers, at the start of a line.
pub(super) fn at_line(subject: &Subject<'_>, document: &Document<'_>, span: Span) -> Vec<Completion> {
    let one = |header: Header| {
        let path = [subject.prefix, &header.path].concat();
        // The table of an override must follow an override.
        let outer = &path[..path.len() - 1];
        if header.path.len() > 1 && !is_written(document, outer, span) {
            return None;
        }
        if !header.is_list && is_written(document, &path, span) {
            return None;
        }
        let (open, close) = if header.is_list { ("[[", "]]") } else { ("[", "]") };
        let mut item = Completion::new(format!("{open}{}{close}", path.join(".")), CompletionKind::Key, span);
        item.filter = Some(header.path.join("."));
        item.edit.insert.push('\n');
        item.documentation = Some(header.meaning.summary().to_owned());
        Some(item)
    };
    // Single rules only if nothing else is possible: there are many.
    all().into_iter().filter(|header| !matches!(header.meaning, Meaning::Rule(_))).filter_map(one).collect()
}

/// Whether the file already has this header; the one under the cursor doesn't count.
fn is_written(document: &Document<'_>, path: &[&str], cursor: Span) -> bool {
    document.sections.iter().filter_map(|section| section.header.as_ref()).any(|header| {
        let is_same = header.path.iter().map(|word| word.text).eq(path.iter().copied());
        is_same && !header.span.touches(cursor.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_keys_that_mean_something() {
        for header in all() {
            let path: Vec<String> = header.path.iter().map(|key| (*key).to_owned()).collect();
            assert!(crate::configuration::meaning::of(&path, &[]).is_some(), "{path:?}");
        }
    }
}
